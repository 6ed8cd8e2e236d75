import type { Reconnection } from './crowd-message.ts'

/**
 * The pause before a try, counted from 1: doubled each time up to its most, of which the share
 * `jitter` is drawn.
 *
 * @param fraction a draw from 0 to 1
 */
export function pauseMs(
  { firstMs, maxMs, jitter }: Reconnection,
  attempt: number,
  fraction: number,
): number {
  const whole = Math.min(maxMs, firstMs * 2 ** (attempt - 1))
  return whole * (1 - jitter + jitter * fraction)
}
