import { randomUUID } from 'node:crypto'
import type { Operation } from '../openapi.ts'
import type { Cell } from './cell.ts'
import { sayingOf } from './door.ts'
import {
  closed,
  isBroken,
  isDone,
  isUnheard,
  isUnrecognized,
  leaked,
  saysNothing,
  unproven,
  unrecognized,
  type Attempt,
  type Ground,
} from './ground.ts'
import type { Rule, Things } from './rule.ts'

type Owned = Rule & { readonly kind: 'owned' }

/**
 * Tries an operation that names things: every intruder, with every choice of what of it is the
 * owner's and what his own. Each request has a twin that names what does not exist, and must not
 * be told from it. That the owner can do it is tried first: reading with the very things that the
 * others then ask for, so that what was remembered for him is there, and changing with new ones.
 */
export async function tryOwned(ground: Ground, operation: Operation, rule: Owned): Promise<Cell[]> {
  const { owner, make } = ground.matrix
  const reads = operation.method === 'GET'
  const things = reads ? ground.thingsOf(owner) : await make(owner)
  const control = await ground.knock(
    owner,
    operation,
    rule.request,
    placesOf(rule, (kind) => things[kind]),
  )
  const cells: Cell[] = []
  for (const actor of ground.intruders) {
    const places = Object.keys(rule.names)
    for (const foreign of ground.isNobody(actor) ? [places] : choicesOf(places)) {
      const attempt = { operation: operation.name, actor, about: aboutOf(rule, foreign) }
      cells.push(
        isDone(control)
          ? await intrude(ground, { operation, rule, attempt, foreign })
          : unproven(attempt, 'the owner cannot do it', control),
      )
    }
  }
  return cells
}

interface Intrusion {
  readonly operation: Operation
  readonly rule: Owned
  readonly attempt: Attempt
  /** The places at which the owner's things are named. */
  readonly foreign: readonly string[]
}

async function intrude(ground: Ground, intrusion: Intrusion): Promise<Cell> {
  const { operation, rule, attempt, foreign } = intrusion
  const { owner, missing = () => randomUUID(), state } = ground.matrix
  const { actor } = attempt
  const placesWith = (foreignOne: (kind: string) => string | undefined): Things =>
    placesOf(rule, (kind, place) =>
      foreign.includes(place) ? foreignOne(kind) : ground.thingsOf(actor)[kind],
    )
  const there = placesWith((kind) => ground.thingsOf(owner)[kind])
  const absent = placesWith(missing)
  const theirs = ground.thingsOf(owner)
  const before = JSON.stringify(await state(theirs))
  const visit = await ground.knock(actor, operation, rule.request, there)
  if (isBroken(visit)) return unproven(attempt, saysNothing, visit)
  if (JSON.stringify(await state(theirs)) !== before) {
    return leaked(attempt, visit, { leak: 'change', found: "the owner's things changed" })
  }
  const shown = ground.shownIn(visit, Object.values(there))
  if (shown !== undefined) return leaked(attempt, visit, { leak: 'content', found: shown })

  const twin = await ground.knock(actor, operation, rule.request, absent)
  const { status } = visit.answer
  const isRefused = ground.isNobody(actor) ? status === 401 : status >= 400
  if (isRefused && isUnheard(twin)) return unproven(attempt, saysNothing, twin)
  // Where only the first of the two is 401, the second shows that the credentials were good.
  if (isRefused && isUnrecognized(twin) && !ground.isNobody(actor)) {
    return unproven(attempt, unrecognized, twin)
  }
  if (!isRefused || status !== twin.answer.status) {
    const found = `${status}, and ${twin.answer.status} about what does not exist`
    return leaked(attempt, visit, { leak: 'status', found })
  }
  const says = sayingOf(visit.answer, Object.values(there))
  if (says !== sayingOf(twin.answer, Object.values(absent))) {
    const found = `not the answer about what does not exist: ${twin.described}`
    return leaked(attempt, visit, { leak: 'answer', found })
  }
  return closed(attempt, String(status))
}

/** The value of each place; one that there is none for cannot be tried. */
function placesOf(
  { names }: Owned,
  valueOf: (kind: string, place: string) => string | undefined,
): Things {
  const places = Object.entries(names).map(([place, kind]) => {
    const value = valueOf(kind, place)
    if (value === undefined) throw new RangeError(`make gives no ${kind}`)
    return [place, value] as const
  })
  return Object.fromEntries(places)
}

/** Every choice of at least one. */
function choicesOf(places: readonly string[]): string[][] {
  const numbers = Array.from({ length: 2 ** places.length - 1 }, (_none, index) => index + 1)
  return numbers.map((number) => places.filter((_place, at) => (number >> at) % 2 === 1))
}

function aboutOf({ names }: Owned, foreign: readonly string[]): string {
  return Object.entries(names)
    .map(([place, kind]) => `${kind} ${foreign.includes(place) ? 'foreign' : 'own'}`)
    .join(', ')
}
