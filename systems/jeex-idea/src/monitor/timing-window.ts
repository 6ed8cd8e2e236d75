/** How durations were spread over the last seconds. */
export interface Spread {
  readonly count: number
  /** Null without samples. */
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
}

const bucketCount = 300
const leastMs = 0.05
const growth = 1.05

interface Second {
  at: number
  readonly buckets: Uint32Array
}

/**
 * Durations of the last `windowMs`, in buckets whose bounds grow by 5 %: a quantile is at most that
 * much too high and never too low. A second's samples go all at once.
 */
export class TimingWindow {
  readonly #seconds: Second[]
  readonly #nowMs: () => number

  constructor(windowMs: number, nowMs: () => number = () => performance.now()) {
    const length = Math.max(1, Math.ceil(windowMs / 1_000))
    this.#seconds = Array.from({ length }, () => ({
      at: -1,
      buckets: new Uint32Array(bucketCount),
    }))
    this.#nowMs = nowMs
  }

  add(durationMs: number): void {
    const at = Math.floor(this.#nowMs() / 1_000)
    const second = this.#seconds[at % this.#seconds.length] as Second
    if (second.at !== at) {
      second.at = at
      second.buckets.fill(0)
    }
    const bucket = bucketOf(durationMs)
    second.buckets[bucket] = (second.buckets[bucket] ?? 0) + 1
  }

  get spread(): Spread {
    const oldest = Math.floor(this.#nowMs() / 1_000) - this.#seconds.length
    const sums = new Uint32Array(bucketCount)
    let count = 0
    for (const { at, buckets } of this.#seconds) {
      if (at <= oldest) continue
      // By index: every scrape goes through 18,000 buckets, and an iterator takes ten times as long.
      for (let bucket = 0; bucket < bucketCount; bucket += 1) {
        const samples = buckets[bucket] as number
        sums[bucket] = (sums[bucket] as number) + samples
        count += samples
      }
    }
    const quantile = (share: number): number | null => quantileOf(sums, count, share)
    return { count, p50Ms: quantile(0.5), p95Ms: quantile(0.95), p99Ms: quantile(0.99) }
  }
}

function bucketOf(durationMs: number): number {
  const bucket = Math.ceil(Math.log(Math.max(durationMs, leastMs) / leastMs) / Math.log(growth))
  return Math.min(bucketCount - 1, bucket)
}

/** The upper bound of the bucket that holds the quantile (nearest rank). */
function quantileOf(sums: Uint32Array, count: number, share: number): number | null {
  if (count === 0) return null
  let left = Math.ceil(share * count)
  const bucket = sums.findIndex((samples) => (left -= samples) <= 0)
  return leastMs * growth ** bucket
}
