import type { Outcome } from '../history.ts'

/** One step of a transaction over lists: an append, or a read of the whole list. */
export type ListStep =
  | { readonly append: string; readonly value: number }
  | { readonly read: string; readonly values: readonly number[] }

/** One step of a transaction over registers; a read gives null where nothing was ever written. */
export type RegisterStep =
  | { readonly write: string; readonly value: number }
  | { readonly read: string; readonly value: number | null }

/**
 * What one transaction did, as its caller saw it. Values that are written to one key are unique,
 * which is what makes the order of versions visible (Kingsbury and Alvaro 2020, section 3).
 */
export interface Transaction<Step> {
  /** Number of the session; a session does one transaction at a time. */
  readonly actor: number
  /** Times of one monotonic clock. Only strict levels look at them. */
  readonly startedAtMs: number
  readonly endedAtMs: number
  readonly outcome: Outcome['kind']
  /** Reads of a transaction that is not `ok` say nothing, and may be left out. */
  readonly steps: readonly Step[]
}

export type ListTransaction = Transaction<ListStep>
export type RegisterTransaction = Transaction<RegisterStep>

/** How a transaction ended, as a number. */
export const ended = { ok: 0, failed: 1, unknown: 2 } as const

/** How one transaction depends on another (Adya 1999, chapter 3; Elle adds the last two). */
export const dependencies = ['ww', 'wr', 'rw', 'session', 'realtime'] as const

export type Dependency = (typeof dependencies)[number]

/** One bit for each dependency, so that a set of them is a number. */
export const bitOf: Readonly<Record<Dependency, number>> = {
  ww: 1,
  wr: 2,
  rw: 4,
  session: 8,
  realtime: 16,
}
