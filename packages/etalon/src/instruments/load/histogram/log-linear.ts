/**
 * Buckets of a log-linear histogram over whole microseconds: below 2,048 µs each value has its own,
 * above it every doubling is cut into 1,024, so that a bucket is never wider than 0.1 % of its
 * values. Source: G. Tene, HdrHistogram; the position comes from the leading zeros of the value.
 */
const linearMax = 2_048
const perDoubling = 1_024

/** The bucket of a latency from 0 to 2^31 - 1 whole microseconds. */
export function bucketOf(latencyUs: number): number {
  if (latencyUs < linearMax) return latencyUs
  const shift = 21 - Math.clz32(latencyUs)
  return shift * perDoubling + (latencyUs >>> shift)
}

/** The least latency that falls into a bucket. */
export function bucketLowUs(bucket: number): number {
  if (bucket < linearMax) return bucket
  const shift = Math.floor(bucket / perDoubling) - 1
  return (bucket - shift * perDoubling) * 2 ** shift
}

/** The greatest latency that falls into a bucket. */
export function bucketHighUs(bucket: number): number {
  if (bucket < linearMax) return bucket
  return bucketLowUs(bucket) + 2 ** (Math.floor(bucket / perDoubling) - 1) - 1
}
