import type { Unit } from '../units.ts'

/**
 * The convention of the whole folder.
 *
 * A proof holds one side of an interval against its target: "P95 is below 100 ms" looks at the
 * upper bound alone. So each bound is a one-sided 95 % bound, and the interval between the two has
 * a two-sided confidence of 90 %, which every estimate states in `confidence`. That is the reading
 * under which 2,995 requests without an error show 99.9 % (0.999^2995 < 0.05) and 299 latencies
 * without a longer one bound a P99 (0.99^299 < 0.05). The chance that a claim which is false is
 * upheld, or one which is true refuted, is at most 5 % for each figure.
 *
 * Every function here takes another two-sided confidence as an option.
 */
export const usualConfidence = 0.9

/** What every estimate of this folder may be told. */
export interface EstimateOptions {
  /** Two-sided, between 0 and 1 exclusive; {@link usualConfidence} when left out. */
  readonly confidence?: number | undefined
}

/** Options of an estimate that keeps the unit of its samples. */
export interface MeasuredOptions extends EstimateOptions {
  readonly unit: Unit
}

/**
 * The probability left outside each bound: 0.05 for a two-sided confidence of 0.9.
 * Throws RangeError unless 0 < confidence < 1.
 */
export function tailOf(confidence: number): number {
  if (!(confidence > 0 && confidence < 1)) {
    throw new RangeError(`confidence: expected a number between 0 and 1, found ${confidence}`)
  }
  return (1 - confidence) / 2
}
