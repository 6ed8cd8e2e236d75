import { openFindings, type Findings } from '../findings.ts'
import type { Book } from './book.ts'
import type { Connection } from './connection.ts'
import type { Duplicate, Late, Leak, Receipt, Reordered } from './receipt.ts'

/** What can be said of a receipt when it comes. */
export interface ReceiptFindings {
  readonly receipts: number
  readonly duplicated: Findings<Duplicate>
  readonly reordered: Findings<Reordered>
  /** Over the bound of the ledger; what was caught up is not among them. */
  readonly late: Findings<Late>
  readonly leaked: Findings<Leak>
}

/** Looks at every receipt as it comes. */
export interface ReceiptJudges {
  readonly receipts: number
  /** Whether the message came where it belongs, and for the first time; `heardAtMs` tells when. */
  isFirst(receipt: Receipt, book: Book, heardAtMs: (sequence: number) => number): boolean
  /** How long its delivery took; NaN where it has no moment, or was caught up. */
  measure(receipt: Receipt, connection: Connection): number
  findings(): ReceiptFindings
}

/** Opens judges who have seen nothing. */
export function openReceiptJudges(lateAfterMs: number | undefined): ReceiptJudges {
  const duplicated = openFindings<Duplicate>()
  const reordered = openFindings<Reordered>()
  const late = openFindings<Late>()
  const leaked = openFindings<Leak>()
  let receipts = 0
  const hasLeaked = ({ key, sequence, place, belongsTo }: Receipt): boolean => {
    if (belongsTo === undefined) return false
    leaked.look()
    if (belongsTo === place) return false
    leaked.find(() => ({ key, sequence, place, belongsTo }))
    return true
  }
  return {
    get receipts() {
      return receipts
    },
    isFirst: (receipt, book, heardAtMs) => {
      const { key, sequence, receivedAtMs } = receipt
      receipts += 1
      if (hasLeaked(receipt)) return false
      duplicated.look()
      if (book.heard.get(sequence) > 0) {
        const firstAtMs = heardAtMs(sequence)
        duplicated.find(() => ({ key, sequence, firstAtMs, againAtMs: receivedAtMs }))
        return false
      }
      if (book.distinct > 0) reordered.look()
      const { greatest: after } = book
      if (sequence < after) {
        const afterAtMs = heardAtMs(after)
        reordered.find(() => ({ key, sequence, after, afterAtMs, receivedAtMs }))
      }
      return true
    },
    measure: ({ key, sequence, sentAtMs, receivedAtMs }, connection) => {
      if (sentAtMs === undefined) return Number.NaN
      if (sentAtMs < connection.sinceMs) {
        connection.catchUp(receivedAtMs)
        return Number.NaN
      }
      const latencyMs = receivedAtMs - sentAtMs
      if (lateAfterMs !== undefined) {
        late.look()
        if (latencyMs > lateAfterMs) late.find(() => ({ key, sequence, latencyMs }))
      }
      return latencyMs
    },
    findings: () => ({
      receipts,
      duplicated: duplicated.findings(),
      reordered: reordered.findings(),
      late: late.findings(),
      leaked: leaked.findings(),
    }),
  }
}
