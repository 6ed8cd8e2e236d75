import type { PublicationOutcome } from './book.ts'

/** A message that was received. Its moments are of one clock. */
export interface Receipt {
  /** What its sequence counts in: a channel, a stream, a subscriber. */
  readonly key: string
  /** A whole number from 0; no two messages of a key share one. */
  readonly sequence: number
  readonly receivedAtMs: number
  /** The moment that stands in the message. */
  readonly sentAtMs?: number | undefined
  /** Where it was received, and where it belongs; it has leaked when the two differ. */
  readonly place?: string | undefined
  readonly belongsTo?: string | undefined
}

/** A message that somebody tried to publish. */
export interface Publication {
  readonly key: string
  readonly sequence: number
  /** `ok` unless given. An unknown one may be delivered or not, but at most once. */
  readonly outcome?: PublicationOutcome
  readonly sentAtMs?: number | undefined
}

/** A message that came again. */
export interface Duplicate {
  readonly key: string
  readonly sequence: number
  readonly firstAtMs: number
  readonly againAtMs: number
}

/** A message that came after a later one. */
export interface Reordered {
  readonly key: string
  readonly sequence: number
  /** The later one, and when each came. */
  readonly after: number
  readonly afterAtMs: number
  readonly receivedAtMs: number
}

/** A message that took too long. */
export interface Late {
  readonly key: string
  readonly sequence: number
  readonly latencyMs: number
}

/** A message that came where it does not belong. */
export interface Leak {
  readonly key: string
  readonly sequence: number
  readonly place: string | undefined
  readonly belongsTo: string
}
