import type { Doubt } from './doubt.ts'
import type { Unit } from './units.ts'

/**
 * A measured figure with its uncertainty. `low` and `high` bound the true value with the given
 * two-sided confidence; a proof compares the whole interval with its target, never `value` alone.
 */
export interface Estimate {
  readonly value: number
  readonly low: number
  readonly high: number
  readonly unit: Unit
  /** Two-sided, for example 0.95. */
  readonly confidence: number
  /** How many observations there were; `method` says what they are worth when they are correlated. */
  readonly samples: number
  /** Name and source of the method that gave the interval. */
  readonly method: string
  readonly doubts: readonly Doubt[]
  /**
   * About how many samples in all would put the interval on one side of `bound`, if later samples
   * look like these; `undefined` when no number of samples would.
   */
  samplesToDecide(bound: number): number | undefined
  /**
   * The same estimate, with an interval that asks only on which side of `bound` the true value lies:
   * it ends at `bound` where that can be told, though where exactly the value lies cannot.
   */
  readonly heldAgainst?: ((bound: number) => Estimate) | undefined
}

/** Tells an estimate from a plain value given to a proof. */
export function isEstimate(value: unknown): value is Estimate {
  return typeof value === 'object' && value !== null && 'samplesToDecide' in value && 'low' in value
}

/** The same estimate with further doubts beside it. */
export function withDoubts(estimate: Estimate, doubts: readonly Doubt[]): Estimate {
  return {
    ...mapHeld(estimate, (held) => withDoubts(held, doubts)),
    doubts: [...estimate.doubts, ...doubts],
  }
}

/** The same estimate, whose answers to `heldAgainst` are changed; for those who change the estimate. */
export function mapHeld(estimate: Estimate, change: (held: Estimate) => Estimate): Estimate {
  const { heldAgainst } = estimate
  return heldAgainst
    ? { ...estimate, heldAgainst: (bound) => change(heldAgainst(bound)) }
    : estimate
}
