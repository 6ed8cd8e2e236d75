import type { Doubt } from '../kernel/doubt.ts'
import type { Estimate } from '../kernel/estimate.ts'
import type { Target } from '../kernel/judge.ts'
import type { Unit } from '../kernel/units.ts'
import type { Verdict } from '../kernel/verdict.ts'

/**
 * One judged comparison, as data: what every report renders and nothing else decides.
 * `counterexample` is the least evidence that refutes; it stands only beside refuted proofs.
 */
export interface ProofRecord {
  readonly title: string
  readonly verdict: Verdict
  /** The measured figure as the reports show it. */
  readonly figure: string
  /** The target as the reports show it. */
  readonly target: string
  readonly estimate?: EstimateRecord
  /** What an exact figure, or one held against another run's, is measured in; a mere number has none. */
  readonly unit?: Unit
  /** How many were looked at, where the figure tells what was found among them. */
  readonly lookedAt?: number
  /** The target as numbers, in the estimate's unit; for drawing and comparing. */
  readonly bound?: Target
  readonly doubts: readonly Doubt[]
  /** Why it is inconclusive, and what would decide it. */
  readonly reason?: string
  readonly counterexample?: unknown
}

/** The part of an estimate that is kept: numbers, so that runs can be compared. */
export interface EstimateRecord {
  readonly value: number
  /** `null` stands for an unbounded side, which JSON cannot write. */
  readonly low: number | null
  readonly high: number | null
  readonly unit: Unit
  readonly confidence: number
  readonly samples: number
  readonly method: string
}

/** Keeps an estimate as numbers. */
export function estimateRecord(estimate: Estimate): EstimateRecord {
  const { value, low, high, unit, confidence, samples, method } = estimate
  const bounded = (side: number): number | null => (Number.isFinite(side) ? side : null)
  return { value, low: bounded(low), high: bounded(high), unit, confidence, samples, method }
}
