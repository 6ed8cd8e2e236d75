/** The pauses before the tries of somebody who lost the service, as a service may tell them. */
export interface Reconnection {
  readonly first_ms: number
  readonly max_ms: number
  /** The share of each pause that is drawn. */
  readonly jitter: number
}

/**
 * The pause before the next try, in milliseconds: doubled each time up to the longest. A share of
 * it is drawn, so that pages that lost their server together do not return together.
 *
 * @param failures from 1
 * @param random a number from 0 to 1
 */
export function pauseMs(
  { first_ms, max_ms, jitter }: Reconnection,
  failures: number,
  random: number,
): number {
  const whole = Math.min(max_ms, first_ms * 2 ** (failures - 1))
  return whole * (1 - jitter + jitter * random)
}
