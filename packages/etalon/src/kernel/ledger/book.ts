import { openPages, type Pages } from './pages.ts'

/** What became of a publication, as far as its publisher can know. */
export type PublicationOutcome = 'ok' | 'failed' | 'unknown'

/** Codes of outcomes, the surest last: a retry that succeeded makes the publication one that did. */
export const outcomeCode = { failed: 1, unknown: 2, ok: 3 } as const satisfies Record<
  PublicationOutcome,
  number
>

/**
 * The sequences among which those are that no message of a key came with around a cut: above the
 * greatest heard before it, below the first heard after it.
 */
export interface Gap {
  readonly above: number
  readonly below: number
  /** The period in which the last one before was heard, and the one in which the first after. */
  readonly periods: readonly [number, number]
}

/** All that a ledger holds of one key. */
export interface Book {
  readonly key: string
  /** By sequence: 1 + the place of its first receipt among all of the ledger. */
  readonly heard: Pages
  /** By sequence: the code of its outcome. Undefined when nothing was told of this key. */
  told: Pages | undefined
  /** By sequence: when it was sent, as its publisher told. */
  readonly sentAtMs: Pages
  /** Of what was heard; -1 before anything was. */
  least: number
  greatest: number
  distinct: number
  /** The period in which something was heard last. */
  period: number
  readonly gaps: Gap[]
}

/** A key of which nothing is known. */
export function openBook(key: string): Book {
  return {
    key,
    heard: openPages(Uint32Array),
    told: undefined,
    sentAtMs: openPages(Float64Array),
    least: -1,
    greatest: -1,
    distinct: 0,
    period: 0,
    gaps: [],
  }
}

/** Enters the first receipt of a sequence. */
export function enter(book: Book, sequence: number, place: number, period: number): void {
  if (period > book.period) {
    const periods = [book.period, period] as const
    book.gaps.push({ above: book.greatest, below: sequence, periods })
    book.period = period
  }
  book.heard.set(sequence, place + 1)
  book.least = book.distinct === 0 ? sequence : Math.min(book.least, sequence)
  book.greatest = Math.max(book.greatest, sequence)
  book.distinct += 1
}

/** All that a ledger holds. */
export interface LedgerState {
  readonly books: ReadonlyMap<string, Book>
  /** Of the first receipts, in the order in which they came. */
  readonly receivedAtMs: Float64Array
  /** NaN where it says nothing about delivery: without a moment, or caught up. */
  readonly latencyMs: Float64Array
}
