import { openFindings } from '../findings.ts'
import { accountOf, type Account } from './account.ts'
import { enter, openBook, outcomeCode, type Book } from './book.ts'
import { openConnection } from './connection.ts'
import { openPages } from './pages.ts'
import type { Duplicate, Late, Leak, Publication, Receipt, Reordered } from './receipt.ts'
import { openSeries } from './series.ts'

/** What one receiver heard, held against what was published. */
export interface Ledger {
  /** Different messages that came where they belong. */
  readonly delivered: number
  /** Receipts, repeated and leaked ones with them. */
  readonly receipts: number
  /** @throws RangeError when the sequence is no whole number from 0 */
  hear(receipt: Receipt): void
  /**
   * Tells of a publication, before or after it is heard. A key of which anything was told is held
   * against what was told; of another key, each sequence between the first and the last that were
   * heard is expected.
   *
   * @throws RangeError when the sequence is no whole number from 0
   */
  published(publication: Publication): void
  connectionLost(atMs: number): void
  connectionRegained(atMs: number): void
  /** What became of every message so far; takes a look at all of them. */
  account(): Account
}

export interface LedgerOptions {
  /** When listening began, by the clock of the receipts: what was sent before is caught up. */
  readonly openedAtMs: number
  /** A message that takes longer is late; none is unless given. */
  readonly lateAfterMs?: number | undefined
}

/** Opens the ledger of one receiver. It keeps about 30 bytes a message. */
export function openLedger({ openedAtMs, lateAfterMs }: LedgerOptions): Ledger {
  const books = new Map<string, Book>()
  const connection = openConnection(openedAtMs)
  const receivedAtMs = openSeries()
  const latencyMs = openSeries()
  const duplicated = openFindings<Duplicate>()
  const reordered = openFindings<Reordered>()
  const late = openFindings<Late>()
  const leaked = openFindings<Leak>()
  let receipts = 0

  const bookOf = (key: string, sequence: number): Book => {
    if (!Number.isSafeInteger(sequence) || sequence < 0) {
      throw new RangeError(`${key}: expected a sequence that is a whole number, found ${sequence}`)
    }
    const book = books.get(key) ?? openBook(key)
    books.set(key, book)
    return book
  }
  const heardAtMs = (book: Book, sequence: number): number =>
    receivedAtMs.at(book.heard.get(sequence) - 1)

  const hasLeaked = ({ key, sequence, place, belongsTo }: Receipt): boolean => {
    if (belongsTo === undefined) return false
    leaked.look()
    if (belongsTo === place) return false
    leaked.find(() => ({ key, sequence, place, belongsTo }))
    return true
  }
  const measure = ({ key, sequence, sentAtMs, receivedAtMs: atMs }: Receipt): number => {
    if (sentAtMs === undefined) return Number.NaN
    if (sentAtMs < connection.sinceMs) {
      connection.catchUp(atMs)
      return Number.NaN
    }
    const latency = atMs - sentAtMs
    if (lateAfterMs !== undefined) {
      late.look()
      if (latency > lateAfterMs) late.find(() => ({ key, sequence, latencyMs: latency }))
    }
    return latency
  }
  return {
    get delivered() {
      return receivedAtMs.length
    },
    get receipts() {
      return receipts
    },
    hear: (receipt) => {
      const { key, sequence, receivedAtMs: atMs } = receipt
      const book = bookOf(key, sequence)
      receipts += 1
      if (hasLeaked(receipt)) return
      duplicated.look()
      if (book.heard.get(sequence) > 0) {
        const firstAtMs = heardAtMs(book, sequence)
        duplicated.find(() => ({ key, sequence, firstAtMs, againAtMs: atMs }))
        return
      }
      if (book.distinct > 0) reordered.look()
      const { greatest: after } = book
      if (sequence < after) {
        const afterAtMs = heardAtMs(book, after)
        reordered.find(() => ({ key, sequence, after, afterAtMs, receivedAtMs: atMs }))
      }
      enter(book, sequence, receivedAtMs.length, connection.period)
      receivedAtMs.push(atMs)
      latencyMs.push(measure(receipt))
    },
    published: ({ key, sequence, outcome = 'ok', sentAtMs }) => {
      const book = bookOf(key, sequence)
      book.told ??= openPages(Uint8Array)
      book.told.set(sequence, Math.max(book.told.get(sequence), outcomeCode[outcome]))
      if (sentAtMs !== undefined) book.sentAtMs.set(sequence, sentAtMs)
    },
    connectionLost: connection.lost,
    connectionRegained: connection.regained,
    account: () =>
      accountOf(
        { books, receivedAtMs: receivedAtMs.values(), latencyMs: latencyMs.values() },
        connection,
        { receipts, duplicated, reordered, late, leaked },
      ),
  }
}
