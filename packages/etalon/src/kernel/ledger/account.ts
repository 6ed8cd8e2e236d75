import type { Doubt } from '../doubt.ts'
import { openFindings, type Findings, type FindingsBook } from '../findings.ts'
import { outcomeCode, type Book, type LedgerState, type PublicationOutcome } from './book.ts'
import type { Connection, Cut } from './connection.ts'
import { deliveryLatencyOf, lateAsTold, type DeliveryLatency } from './delivery-latency.ts'
import { missingOf, type Missing } from './missing.ts'
import type { ReceiptFindings } from './receipt-judges.ts'

/** A message that was heard though its publication was not told of, or had failed. */
export interface Unexpected {
  readonly key: string
  readonly sequence: number
  readonly receivedAtMs: number
  readonly outcome: 'failed' | 'never told'
}

/**
 * What became of the messages of one receiver. A delivery without fault leaves every finding but
 * `missedInCuts` empty.
 */
export interface Account extends ReceiptFindings {
  /** Publications by outcome; all 0 when none were told. */
  readonly published: Readonly<Record<PublicationOutcome, number>>
  /** Different messages that came where they belong. */
  readonly delivered: number
  /** Expected and never heard, though the receiver was connected. */
  readonly missing: Findings<Missing>
  /** Expected and never heard, around a time without a connection. */
  readonly missedInCuts: Findings<Missing>
  readonly unexpected: Findings<Unexpected>
  /** Of the publications whose outcome is unknown: how many were delivered, and how many not. */
  readonly unknown: { readonly delivered: number; readonly notDelivered: number }
  /** Sent before the receiver was connected, again or at all, and heard after it. */
  readonly caughtUp: number
  readonly cuts: readonly Cut[]
  readonly latency: DeliveryLatency
}

/** Draws the account of a ledger. */
export function accountOf(
  state: LedgerState,
  connection: Connection,
  judged: ReceiptFindings,
  doubts: readonly Doubt[],
): Account {
  const published = { ok: 0, failed: 0, unknown: 0 }
  const unknown = { delivered: 0, notDelivered: 0 }
  const unexpected = openFindings<Unexpected>()
  for (const book of state.books.values()) {
    if (!book.told) continue
    addPublications(book, published, unknown)
    addUnexpected(book, state, unexpected)
  }
  const { missing, missedInCuts } = missingOf(state, connection)
  const latency = deliveryLatencyOf(state, missing.count, doubts)
  return {
    ...judged,
    late: lateAsTold(judged.late, latency),
    published,
    delivered: state.receivedAtMs.length,
    missing,
    missedInCuts,
    unexpected: unexpected.findings(),
    unknown,
    caughtUp: connection.caughtUp,
    cuts: connection.cuts.map((cut) => ({ ...cut })),
    latency,
  }
}

function addPublications(
  book: Book,
  published: Record<PublicationOutcome, number>,
  unknown: { delivered: number; notDelivered: number },
): void {
  book.told?.forEach((sequence, code) => {
    if (code === outcomeCode.ok) published.ok += 1
    else if (code === outcomeCode.failed) published.failed += 1
    else {
      published.unknown += 1
      unknown[book.heard.get(sequence) > 0 ? 'delivered' : 'notDelivered'] += 1
    }
  })
}

function addUnexpected(
  { key, heard, told }: Book,
  { receivedAtMs }: LedgerState,
  unexpected: FindingsBook<Unexpected>,
): void {
  heard.forEach((sequence, place) => {
    unexpected.look()
    const code = told?.get(sequence)
    if (code === outcomeCode.ok || code === outcomeCode.unknown) return
    unexpected.find(() => ({
      key,
      sequence,
      receivedAtMs: receivedAtMs[place - 1] as number,
      outcome: code === outcomeCode.failed ? 'failed' : 'never told',
    }))
  })
}
