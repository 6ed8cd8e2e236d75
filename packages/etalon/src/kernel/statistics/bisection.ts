/** The largest number of samples ever offered as deciding; no run takes more. */
export const samplesMax = 1e9

/**
 * The first whole number from `low` on, below `high`, for which a condition holds that stays true
 * once it is; `high` when there is none.
 */
export function firstWhole(low: number, high: number, holds: (whole: number) => boolean): number {
  let from = low
  let to = high
  while (from < to) {
    const middle = Math.floor((from + to) / 2)
    if (holds(middle)) to = middle
    else from = middle + 1
  }
  return from
}

/**
 * The least number of samples, from `from` to {@link samplesMax}, that decides; `undefined` when
 * none does. It doubles first, so that a near answer is cheap: the cost of a look grows with it.
 */
export function decidingSamples(
  from: number,
  decides: (samples: number) => boolean,
): number | undefined {
  let enough = Math.max(1, from)
  while (!decides(enough)) {
    if (enough >= samplesMax) return undefined
    enough = Math.min(enough * 2, samplesMax)
  }
  return firstWhole(Math.max(from, Math.floor(enough / 2)), enough, decides)
}
