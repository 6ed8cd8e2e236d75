/** How long to wait between tries. */
export interface Backoff {
  readonly firstMs: number
  readonly maxMs: number
}

/**
 * The pause after the given try, counted from 1: doubled each time up to `maxMs`, and anywhere
 * between half of that and all of it, so that callers who failed together do not return together.
 *
 * @param random a number from 0 to 1
 */
export function backoffMs({ firstMs, maxMs }: Backoff, attempt: number, random: number): number {
  const whole = Math.min(maxMs, firstMs * 2 ** (attempt - 1))
  return whole / 2 + (whole / 2) * random
}
