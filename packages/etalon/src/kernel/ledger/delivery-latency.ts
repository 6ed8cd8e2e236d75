import { voids, type Doubt } from '../doubt.ts'
import { withDoubts, type Estimate } from '../estimate.ts'
import { openFindings, type Findings } from '../findings.ts'
import { quantileOfSlices } from '../statistics/block-bootstrap.ts'
import { meanOf } from '../statistics/mean.ts'
import type { LedgerState } from './book.ts'

/**
 * How long delivery took, in milliseconds from the moment in the message to its receipt. What is
 * missing though the receiver was connected took longer than all others; what was caught up after
 * a time without a connection is not in it.
 */
export interface DeliveryLatency {
  /** The p-quantile; 0.95 for P95. */
  quantile(p: number): Estimate
  /** The mean; infinite when something is missing. */
  mean(): Estimate
  /**
   * The longest that was seen, exactly; infinite when something is missing. NaN of nothing, and where
   * a doubt says that it was the receiver or another clock that was measured.
   */
  readonly maxMs: number
}

/**
 * Neighbours resemble each other, so that the bounds come from slices of equal duration, which show
 * how much; as many as eight blocks of eight.
 */
const slicesInAll = 64

/** Further than this ahead, the clock of the messages is another one than that of the receipts. */
const aheadMsMax = 5

/** The latencies of a ledger. */
export function deliveryLatencyOf(
  { receivedAtMs, latencyMs }: Pick<LedgerState, 'receivedAtMs' | 'latencyMs'>,
  missing: number,
  doubtsOfReceiver: readonly Doubt[],
): DeliveryLatency {
  const measured = latencyMs.filter((latency) => !Number.isNaN(latency))
  const slices = slicesOf(receivedAtMs, latencyMs)
  if (missing > 0) slices.push(new Float64Array(missing).fill(Number.POSITIVE_INFINITY))
  const doubts = [...doubtsOfReceiver, ...clockDoubts(measured)]
  const isVoid = measured.length === 0 || doubts.some(voids)
  const worst = measured.reduce((most, latency) => Math.max(most, latency), -Infinity)
  return {
    quantile: (p) => withDoubts(quantileOfSlices(slices, p, { unit: 'ms' }), doubts),
    mean: () => {
      const mean = meanOf(measured, { unit: 'ms' })
      const endless = { value: Number.POSITIVE_INFINITY, high: Number.POSITIVE_INFINITY }
      return withDoubts(missing > 0 ? { ...mean, ...endless } : mean, doubts)
    },
    maxMs: missing > 0 ? Number.POSITIVE_INFINITY : isVoid ? Number.NaN : worst,
  }
}

/** Who cannot tell how long anything took cannot tell what was late: nothing was looked at. */
export function lateAsTold<Late>(late: Findings<Late>, { maxMs }: DeliveryLatency): Findings<Late> {
  return Number.isNaN(maxMs) ? openFindings<Late>().findings() : late
}

function slicesOf(receivedAtMs: Float64Array, latencyMs: Float64Array): Float64Array[] {
  const beganAtMs = receivedAtMs[0] ?? 0
  const durationMs = (receivedAtMs.at(-1) ?? 0) - beganAtMs
  const slices: Float64Array[] = []
  let next = 0
  for (let slice = 1; slice <= slicesInAll; slice += 1) {
    const from = next
    const endMs = beganAtMs + (durationMs * slice) / slicesInAll
    while (next < receivedAtMs.length && (receivedAtMs[next] as number) <= endMs) next += 1
    const end = slice === slicesInAll ? receivedAtMs.length : next
    slices.push(latencyMs.subarray(from, end).filter((latency) => !Number.isNaN(latency)))
  }
  return slices
}

function clockDoubts(latencyMs: Float64Array): readonly Doubt[] {
  const ahead = latencyMs.filter((latency) => latency < -aheadMsMax).length
  if (ahead === 0) return []
  const message = `${ahead} messages were heard more than ${aheadMsMax} ms before the moment in them: their clock is another one`
  return [{ kind: 'other-clock', message }]
}
