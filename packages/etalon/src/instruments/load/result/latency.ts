import type { Estimate } from '../../../kernel/estimate.ts'
import { mapHeld, withDoubts } from '../../../kernel/estimate.ts'
import { joinedDoubts, type Doubt } from '../../../kernel/doubt.ts'
import {
  boundedBySlices,
  quantileOfSlices,
  rateOfSlices,
} from '../../../kernel/statistics/block-bootstrap.ts'
import { usualConfidence } from '../../../kernel/statistics/confidence.ts'
import type { Observations } from '../../../kernel/statistics/distribution.ts'
import { meanOf } from '../../../kernel/statistics/mean.ts'
import type { SeriesSecond } from '../driver/driver-message.ts'
import {
  countsOf,
  greatestAlikeMs,
  leastAlikeMs,
  totalOf,
  type SparseHistogram,
} from '../histogram/sparse.ts'
import { outcome } from '../recording/book.ts'

/**
 * Latencies of a series. What was due and got no good answer (a wrong status, a failed check, a
 * timeout, a cut connection, no connection at all) is in it as longer than all others: failures
 * that come fast do not make a system look fast.
 */
export interface Latency {
  /** The p-quantile in milliseconds; 0.95 for P95. Needs 8 seconds of load for its bounds. */
  quantile(p: number): Estimate
  /**
   * The mean in milliseconds; infinite where something was never answered well. Needs 8 seconds of
   * load for its bounds.
   */
  mean(): Estimate
  /**
   * The share of starts that were answered within a time. Its bounds hold whichever side those were
   * on that took as long to 0.1 %; the share itself leaves them out.
   */
  within(latencyMs: number): Estimate
  /**
   * The p-quantile of the worst of all windows of this length. Its bounds hold for all windows
   * together, so that a target is met when every window meets it. A window needs 8 seconds.
   */
  worstWindow(p: number, windowMs: number): Estimate
  /** The p-quantile of each second, with how many starts it stands on; for charts. */
  bySecond(p: number): readonly { readonly latencyMs: number; readonly starts: number }[]
}

/** Latencies over the seconds of a run. */
export function latencyOf(
  seconds: readonly SeriesSecond[],
  histogramOf: (second: SeriesSecond) => SparseHistogram,
  doubts: readonly Doubt[],
): Latency {
  const slices = seconds.map((second) => observationsOf(second, histogramOf(second)))
  const quantile = (part: readonly Observations[], p: number, confidence: number): Estimate =>
    downToBucket(quantileOfSlices(part, p, { unit: 'ms', confidence }))
  return {
    quantile: (p) => withDoubts(quantile(slices, p, usualConfidence), doubts),
    mean: () => withDoubts(meanOfSlices(slices), doubts),
    within: (latencyMs) => {
      const sharesUpTo = (atMostMs: number): Estimate =>
        rateOfSlices(
          slices.map((slice) => ({
            successes: countAtMost(slice, atMostMs),
            trials: countAtMost(slice, Number.POSITIVE_INFINITY),
          })),
        )
      // Those that cannot be told from the time itself may have been on either side of it.
      const { high } = sharesUpTo(greatestAlikeMs(latencyMs))
      return withDoubts({ ...sharesUpTo(latencyMs), high }, doubts)
    },
    worstWindow: (p, windowMs) => {
      const windows = windowsOf(slices, Math.max(1, Math.round(windowMs / 1_000)))
      // Bonferroni: each window gets its part of the chance to be wrong.
      const confidence = 1 - (1 - usualConfidence) / Math.max(1, windows.length)
      return withDoubts(worstOf(windows.map((window) => quantile(window, p, confidence))), doubts)
    },
    bySecond: (p) =>
      slices.map((slice) => ({
        latencyMs: quantileOfSlices([slice], p, { unit: 'ms' }).value,
        starts: countAtMost(slice, Number.POSITIVE_INFINITY),
      })),
  }
}

/** Windows side by side; the last one ends with the last second, and may overlap the one before. */
function windowsOf<Slice>(slices: readonly Slice[], length: number): (readonly Slice[])[] {
  const whole = Math.floor(slices.length / length)
  const starts = Array.from({ length: whole }, (_none, index) => index * length)
  if (whole > 0 && slices.length % length > 0) starts.push(slices.length - length)
  return starts.map((start) => slices.slice(start, start + length))
}

type Counts = { readonly value: number; readonly count: number }[]

function observationsOf({ outcomes }: SeriesSecond, histogram: SparseHistogram): Counts {
  const counts = countsOf(histogram)
  const failed = outcomes.reduce((sum, count) => sum + count, 0) - (outcomes[outcome.ok] ?? 0)
  if (failed > 0) counts.push({ value: Number.POSITIVE_INFINITY, count: failed })
  // All good answers are in both histograms; what is not was recorded too late and counts as failed.
  const lost = (outcomes[outcome.ok] ?? 0) - totalOf(histogram)
  if (lost > 0) counts.push({ value: Number.POSITIVE_INFINITY, count: lost })
  return counts
}

/** The seconds are the batches: their means are nearly normal, and nearly independent. */
function meanOfSlices(slices: readonly Counts[]): Estimate {
  const used = slices.filter((slice) => slice.length > 0)
  const answered = used.map((slice) => slice.filter(({ value }) => Number.isFinite(value)))
  const means = answered.filter(({ length }) => length > 0).map(meanOfCounts)
  const scores = used.map((slice) => ({
    observations: countAtMost(slice, Number.POSITIVE_INFINITY),
    sum: 0,
    squares: 0,
  }))
  const samples = scores.reduce((sum, { observations }) => sum + observations, 0)
  const ofMeans = meanOf(means, { unit: 'ms' })
  const isWhole = used.every((slice) => slice.every(({ value }) => Number.isFinite(value)))
  const ofSeconds: Estimate = {
    ...ofMeans,
    ...(isWhole ? {} : { value: Number.POSITIVE_INFINITY, high: Number.POSITIVE_INFINITY }),
    samples,
    method: `Student t of the means of ${means.length} seconds`,
    doubts: [],
    samplesToDecide: (bound) => {
      const seconds = isWhole ? ofMeans.samplesToDecide(bound) : undefined
      return seconds && Math.ceil((seconds * samples) / means.length)
    },
  }
  return boundedBySlices(scores, [0, Number.POSITIVE_INFINITY], ofSeconds)
}

function meanOfCounts(counts: Counts): number {
  const all = countAtMost(counts, Number.POSITIVE_INFINITY)
  return counts.reduce((sum, { value, count }) => sum + value * count, 0) / all
}

function countAtMost(counts: Counts, latencyMs: number): number {
  return counts.reduce((sum, { value, count }) => (value <= latencyMs ? sum + count : sum), 0)
}

/** A bucket's latencies are known to be anywhere in it, and its greatest stands for them. */
function downToBucket(estimate: Estimate): Estimate {
  return { ...mapHeld(estimate, downToBucket), low: leastAlikeMs(estimate.low) }
}

function worstOf(estimates: readonly Estimate[]): Estimate {
  const [first] = estimates
  if (!first) throw new RangeError('worstWindow: the run is shorter than one window')
  const most = (part: (estimate: Estimate) => number): number => Math.max(...estimates.map(part))
  return {
    ...first,
    heldAgainst: undefined,
    value: most(({ value }) => value),
    low: most(({ low }) => low),
    high: most(({ high }) => high),
    samples: estimates.reduce((sum, { samples }) => sum + samples, 0),
    method: `${first.method}, worst of ${estimates.length} windows (Bonferroni)`,
    doubts: joinedDoubts(...estimates.map(({ doubts }) => doubts)),
    samplesToDecide: (bound) => {
      const needed = estimates.map((estimate) => estimate.samplesToDecide(bound))
      if (needed.includes(undefined)) return undefined
      return Math.max(...needed.map((samples) => samples ?? 0)) * estimates.length
    },
  }
}
