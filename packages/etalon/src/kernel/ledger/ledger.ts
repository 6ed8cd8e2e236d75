import type { Doubt } from '../doubt.ts'
import { accountOf, type Account } from './account.ts'
import { enter, openBook, outcomeCode, type Book } from './book.ts'
import { openConnection } from './connection.ts'
import { openPages } from './pages.ts'
import { openReceiptJudges } from './receipt-judges.ts'
import type { Publication, Receipt } from './receipt.ts'
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
  /**
   * What became of every message so far; takes a look at all of them.
   *
   * @param doubts why the moments of receipt deserve less trust
   */
  account(doubts?: readonly Doubt[]): Account
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
  const judges = openReceiptJudges(lateAfterMs)

  const bookOf = (key: string, sequence: number): Book => {
    if (!Number.isSafeInteger(sequence) || sequence < 0) {
      throw new RangeError(`${key}: expected a sequence that is a whole number, found ${sequence}`)
    }
    const book = books.get(key) ?? openBook(key)
    books.set(key, book)
    return book
  }
  return {
    get delivered() {
      return receivedAtMs.length
    },
    get receipts() {
      return judges.receipts
    },
    hear: (receipt) => {
      const book = bookOf(receipt.key, receipt.sequence)
      const heardAtMs = (sequence: number): number => receivedAtMs.at(book.heard.get(sequence) - 1)
      if (!judges.isFirst(receipt, book, heardAtMs)) return
      enter(book, receipt.sequence, receivedAtMs.length, connection.period)
      receivedAtMs.push(receipt.receivedAtMs)
      latencyMs.push(judges.measure(receipt, connection))
    },
    published: ({ key, sequence, outcome = 'ok', sentAtMs }) => {
      const book = bookOf(key, sequence)
      book.told ??= openPages(Uint8Array)
      book.told.set(sequence, Math.max(book.told.get(sequence), outcomeCode[outcome]))
      if (sentAtMs !== undefined) book.sentAtMs.set(sequence, sentAtMs)
    },
    connectionLost: (atMs) => connection.lost(atMs),
    connectionRegained: (atMs) => connection.regained(atMs),
    account: (doubts = []) => {
      const series = { receivedAtMs: receivedAtMs.values(), latencyMs: latencyMs.values() }
      return accountOf({ books, ...series }, connection, judges.findings(), doubts)
    },
  }
}
