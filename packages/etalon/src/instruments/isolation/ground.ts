import type { Operation } from '../openapi.ts'
import type { Cell, LeakKind } from './cell.ts'
import { knock, type Door, type Visit } from './door.ts'
import type { RequestParts, Rule, Things } from './rule.ts'

/** The matrix of an API, declared once. */
export interface HttpMatrix {
  /** By operation, as the document names it: `GET /projects/{id}`. */
  readonly rules: Readonly<Record<string, Rule>>
  /** Headers of each actor. */
  readonly actors: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Whose things the others try to reach; one of the actors. */
  readonly owner: string
  /** The actors without credentials: they have no things and are answered 401. */
  readonly nobody: readonly string[]
  /** Makes one of each kind of thing for an actor; asked several times. */
  readonly make: (actor: string) => Promise<Things>
  /** A text that is in everything that `make` makes for the owner, and in nothing else. */
  readonly secret: string
  /** All that is kept of these things of the owner's, to see whether it was changed. */
  readonly state: (things: Things) => Promise<unknown>
  /** An id that nothing has; a random UUID unless given. */
  readonly missing?: (kind: string) => string
}

/** What the trials of all operations share: the actors, their things, and the way in. */
export class Ground {
  readonly matrix: HttpMatrix
  readonly #door: Door
  readonly #things = new Map<string, Things>()

  constructor(matrix: HttpMatrix, door: Door) {
    this.matrix = matrix
    this.#door = door
  }

  /** Makes everybody's things. */
  async prepare(): Promise<void> {
    for (const actor of Object.keys(this.matrix.actors)) {
      this.#things.set(actor, this.isNobody(actor) ? {} : await this.matrix.make(actor))
    }
  }

  get actors(): string[] {
    return Object.keys(this.matrix.actors)
  }

  get intruders(): string[] {
    return this.actors.filter((actor) => actor !== this.matrix.owner)
  }

  isNobody(actor: string): boolean {
    return this.matrix.nobody.includes(actor)
  }

  thingsOf(actor: string): Things {
    return this.#things.get(actor) ?? {}
  }

  knock(
    actor: string,
    operation: Operation,
    parts: RequestParts,
    places: Things = {},
  ): Promise<Visit> {
    return knock(this.#door, actor, operation, { ...parts, places })
  }

  /** What of the owner's an answer holds, apart from what its request named. */
  shownIn({ answer }: Visit, sent: readonly string[] = []): string | undefined {
    const all = `${answer.text}\n${JSON.stringify(answer.headers)}`
    if (all.includes(this.matrix.secret)) return "the owner's text"
    const things = Object.entries(this.thingsOf(this.matrix.owner))
    const shown = things.find(([, id]) => !sent.includes(id) && all.includes(id))
    return shown && `the id of the owner's ${shown[0]}`
  }
}

/** What is tried: an operation by an actor about something. */
export type Attempt = Pick<Cell, 'operation' | 'actor' | 'about'>

export function closed(attempt: Attempt, found: string): Cell {
  return { ...attempt, outcome: 'closed', found }
}

export function unproven(attempt: Attempt, found: string, visit: Visit): Cell {
  return { ...attempt, outcome: 'unproven', found, request: visit.described }
}

export function leaked(
  attempt: Attempt,
  visit: Visit,
  { leak, found }: { readonly leak: LeakKind; readonly found: string },
): Cell {
  return { ...attempt, outcome: 'leaked', leak, found, request: visit.described }
}

/** Whether the system did what it was asked. */
export function isDone({ answer }: Visit): boolean {
  return answer.status >= 200 && answer.status < 300
}

/** Why a cell is unproven. */
export const saysNothing = 'no answer that says anything'
export const unrecognized = 'his credentials are refused'

/** Whether nobody looked at the request: no answer came, or one that asks to slow down. */
export function isUnheard({ answer }: Visit): boolean {
  return answer.status === 0 || answer.status === 429
}

/** Whether the system could not say anything. */
export function isBroken(visit: Visit): boolean {
  return isUnheard(visit) || visit.answer.status >= 500
}

/** Whether the system did not take somebody for the actor that he is. */
export function isUnrecognized({ answer }: Visit): boolean {
  return answer.status === 401
}
