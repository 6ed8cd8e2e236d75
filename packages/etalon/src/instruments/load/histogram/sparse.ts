import type { Count } from '../../../kernel/statistics/distribution.ts'
import { bucketHighUs, bucketLowUs, bucketOf } from './log-linear.ts'

/** The buckets of a histogram that are not empty: bucket, count, bucket, count, … ascending. */
export type SparseHistogram = Uint32Array

/** Keeps what is not zero. */
export function sparseOf(buckets: Uint32Array): SparseHistogram {
  let filled = 0
  for (const count of buckets) if (count > 0) filled += 1
  const sparse = new Uint32Array(2 * filled)
  let next = 0
  for (let bucket = 0; bucket < buckets.length; bucket += 1) {
    const count = buckets[bucket] as number
    if (count === 0) continue
    sparse[next] = bucket
    sparse[next + 1] = count
    next += 2
  }
  return sparse
}

/** Adds histograms up exactly: the sum is what one histogram had held. */
export function addUp(histograms: Iterable<SparseHistogram>): SparseHistogram {
  const counts = new Map<number, number>()
  for (const histogram of histograms) {
    for (let at = 0; at < histogram.length; at += 2) {
      const bucket = histogram[at] as number
      counts.set(bucket, (counts.get(bucket) ?? 0) + (histogram[at + 1] as number))
    }
  }
  return Uint32Array.from([...counts].sort(([a], [b]) => a - b).flat())
}

/** How many observations a histogram holds. */
export function totalOf(histogram: SparseHistogram): number {
  let total = 0
  for (let at = 1; at < histogram.length; at += 2) total += histogram[at] as number
  return total
}

/** The observations as counts of the greatest latency of their bucket, in milliseconds. */
export function countsOf(histogram: SparseHistogram): Count[] {
  const counts: Count[] = []
  for (let at = 0; at < histogram.length; at += 2) {
    const value = bucketHighUs(histogram[at] as number) / 1_000
    counts.push({ value, count: histogram[at + 1] as number })
  }
  return counts
}

/** The least latency that cannot be told from this one, in milliseconds. */
export function leastAlikeMs(latencyMs: number): number {
  if (!Number.isFinite(latencyMs) || latencyMs <= 0) return latencyMs
  return bucketLowUs(bucketOf(Math.round(latencyMs * 1_000))) / 1_000
}

/** The greatest latency that cannot be told from this one, in milliseconds. */
export function greatestAlikeMs(latencyMs: number): number {
  if (!Number.isFinite(latencyMs) || latencyMs <= 0) return latencyMs
  return bucketHighUs(bucketOf(Math.round(latencyMs * 1_000))) / 1_000
}
