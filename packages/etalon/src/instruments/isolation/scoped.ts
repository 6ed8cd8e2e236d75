import type { Operation } from '../openapi.ts'
import type { Cell } from './cell.ts'
import { sayingOf, type Visit } from './door.ts'
import {
  closed,
  isBroken,
  isDone,
  isUnrecognized,
  leaked,
  saysNothing,
  unproven,
  unrecognized,
  type Attempt,
  type Ground,
} from './ground.ts'
import type { Rule } from './rule.ts'

type Scoped = Rule & { readonly kind: 'scoped' }

/** A list that was asked for, to be asked for again. */
export interface Asked {
  readonly operation: Operation
  readonly rule: Scoped
  readonly actor: string
  readonly before: Visit
}

/** Tries an operation in which everybody meets what is his own. */
export async function tryScoped(
  ground: Ground,
  operation: Operation,
  rule: Scoped,
): Promise<{ readonly cells: Cell[]; readonly asked: Asked[] }> {
  const cells: Cell[] = []
  const asked: Asked[] = []
  const control = await ground.knock(ground.matrix.owner, operation, rule.request)
  for (const actor of ground.intruders) {
    const visit = await ground.knock(actor, operation, rule.request)
    const attempt = { operation: operation.name, actor, about: 'his own' }
    if (ground.isNobody(actor)) {
      cells.push(refusalOf(attempt, visit, 401))
    } else if (!isDone(control)) {
      cells.push(unproven(attempt, 'the owner cannot do it', control))
    } else {
      const doubt = isDone(visit) ? undefined : 'he cannot do it himself'
      cells.push(contentOf(ground, attempt, visit, doubt))
      if (operation.method === 'GET' && isDone(visit))
        asked.push({ operation, rule, actor, before: visit })
    }
  }
  return { cells, asked }
}

/** After more has been made for the owner, everybody else is answered as before. */
export async function askAgain(ground: Ground, asked: Asked): Promise<Cell[]> {
  const { operation, rule, actor, before } = asked
  const again = await ground.knock(actor, operation, rule.request)
  const attempt = { operation: operation.name, actor, about: 'after more was made for the owner' }
  const cell = sameOf(attempt, before, again)
  if (!rule.foreign) return [cell]
  const query = { ...rule.request.query, ...rule.foreign(ground.thingsOf(ground.matrix.owner)) }
  const visit = await ground.knock(actor, operation, { ...rule.request, query })
  const asOwner = { ...attempt, about: "with the owner's query" }
  return [cell, contentOf(ground, asOwner, visit, isUnrecognized(visit) ? unrecognized : undefined)]
}

/** Tries an operation that some may do, which is about nobody's things. */
export async function tryOnly(
  ground: Ground,
  operation: Operation,
  rule: Rule & { readonly kind: 'only' },
  missing: (kind: string) => string,
): Promise<Cell[]> {
  const inPath = operation.parameters.filter((parameter) => parameter.in === 'path')
  const places = Object.fromEntries(inPath.map(({ name }) => [name, missing(name)]))
  const cells: Cell[] = []
  for (const actor of ground.actors) {
    const may = rule.actors.includes(actor)
    const visit = await ground.knock(actor, operation, rule.request, places)
    const { status } = visit.answer
    const about = may ? 'allowed' : 'not allowed'
    const attempt = { operation: operation.name, actor, about }
    if (!may) cells.push(refusalOf(attempt, visit, ground.isNobody(actor) ? 401 : 403))
    else if (isBroken(visit) || isUnrecognized(visit) || status === 403) {
      cells.push(unproven(attempt, 'who may do it cannot', visit))
    } else cells.push(closed(attempt, String(status)))
  }
  return cells
}

/** Tries an operation that is open to all. */
export async function tryOpen(
  ground: Ground,
  operation: Operation,
  rule: Rule & { readonly kind: 'open' },
): Promise<Cell[]> {
  const cells: Cell[] = []
  for (const actor of ground.intruders) {
    const visit = await ground.knock(actor, operation, rule.request)
    const attempt = { operation: operation.name, actor, about: 'open to all' }
    cells.push(contentOf(ground, attempt, visit))
  }
  return cells
}

function refusalOf(attempt: Attempt, visit: Visit, wanted: number): Cell {
  const { status } = visit.answer
  if (status === wanted) return closed(attempt, String(status))
  if (isBroken(visit)) return unproven(attempt, saysNothing, visit)
  if (isUnrecognized(visit)) return unproven(attempt, unrecognized, visit)
  return leaked(attempt, visit, { leak: 'status', found: `${status} and not ${wanted}` })
}

function sameOf(attempt: Attempt, before: Visit, again: Visit): Cell {
  if (isBroken(again)) return unproven(attempt, saysNothing, again)
  if (isUnrecognized(again)) return unproven(attempt, unrecognized, again)
  return sayingOf(again.answer, []) === sayingOf(before.answer, [])
    ? closed(attempt, 'the same answer')
    : leaked(attempt, again, { leak: 'count', found: `before: ${before.described}` })
}

/** @param doubt why an answer that shows nothing proves nothing either */
function contentOf(ground: Ground, attempt: Attempt, visit: Visit, doubt?: string): Cell {
  if (isBroken(visit)) return unproven(attempt, saysNothing, visit)
  const shown = ground.shownIn(visit)
  if (shown !== undefined) return leaked(attempt, visit, { leak: 'content', found: shown })
  if (doubt !== undefined) return unproven(attempt, doubt, visit)
  return closed(attempt, String(visit.answer.status))
}
