import type { Estimate } from '../../kernel/estimate.ts'
import { formatTarget, judgeEstimate, type Target } from '../../kernel/judge.ts'
import { slicesMin } from '../../kernel/statistics/block-bootstrap.ts'
import { quantileRatioOfSlices } from '../../kernel/statistics/quantile-ratio.ts'
import { quantileOf } from '../../kernel/statistics/quantile.ts'
import { rateDifferenceOf } from '../../kernel/statistics/rate-difference.ts'
import { rateOf } from '../../kernel/statistics/rate.ts'
import type { LookConfidence } from './look.ts'
import type { SideLog, SideSample } from './side-log.ts'

/** How much worse than stable the candidate may be. */
export interface CanaryLimits {
  /** By how much its share of failed requests (5xx or no answer) may exceed that of stable. */
  readonly failedShareMax: number
  /** By how much its share of refused requests (4xx) may. */
  readonly refusedShareMax: number
  /** How many times as large its P50 and P95 may be. */
  readonly latencyRatioMax: number
}

/** What a comparison of both sides has shown; `open` is neither. */
export type Finding = 'worse' | 'not-worse' | 'open'

/** One figure of both sides. */
export interface Comparison {
  readonly figure: 'failed' | 'refused' | 'P50' | 'P95'
  readonly stable: Estimate
  readonly candidate: Estimate
  /** The candidate's figure less that of stable, or divided by it. */
  readonly estimate: Estimate
  readonly bound: number
  readonly target: string
  readonly finding: Finding
  /** Whether there was enough of both sides to compare them at all. */
  readonly compared: boolean
  /** For an open one what would decide it. */
  readonly reason?: string
}

/** The two sides of a step. */
export interface Sides {
  readonly stable: SideLog
  readonly candidate: SideLog
  /** Whether they answered at the same time; else stable is the step before. */
  readonly simultaneous: boolean
}

/** Compares the sides in every figure, each as surely as its kind is to be. */
export function compareSides(
  sides: Sides,
  limits: CanaryLimits,
  confidence: LookConfidence,
): readonly Comparison[] {
  const [stable, candidate] = [sides.stable.sample(), sides.candidate.sample()]
  const [stableMs, candidateMs] = [sides.stable, sides.candidate].map(({ latencies }) =>
    latencies.slicesMs(),
  ) as [Slices, Slices]
  const share = (
    figure: Comparison['figure'],
    count: (side: SideSample) => number,
    bound: number,
  ): Comparison => {
    const of = (side: SideSample) => ({ successes: count(side), trials: side.requests })
    const estimate = rateDifferenceOf(of(candidate), of(stable), { confidence: confidence.shares })
    const own = { stable: rateOf(of(stable)), candidate: rateOf(of(candidate)) }
    const compared = stable.requests > 0 && candidate.requests > 0
    return { figure, ...own, ...found(estimate, bound), compared }
  }
  const latency = (figure: Comparison['figure'], p: number): Comparison => {
    const options = { unit: 'ms' } as const
    const own = {
      stable: quantileOf(stableMs.flat(), p, options),
      candidate: quantileOf(candidateMs.flat(), p, options),
    }
    const estimate = quantileRatioOfSlices(candidateMs, stableMs, {
      p,
      confidence: confidence.latencies,
      simultaneous: sides.simultaneous,
    })
    const compared = [stableMs, candidateMs].every(
      (slices) => slices.filter(({ length }) => length > 0).length >= slicesMin,
    )
    return { figure, ...own, ...found(estimate, limits.latencyRatioMax), compared }
  }
  return [
    share('failed', ({ answers }) => answers['5xx'] + answers.none, limits.failedShareMax),
    share('refused', ({ answers }) => answers['4xx'], limits.refusedShareMax),
    latency('P50', 0.5),
    latency('P95', 0.95),
  ]
}

type Slices = ReturnType<SideLog['latencies']['slicesMs']>

/**
 * Worse as soon as one figure is, not worse once all are. Where the sides did not answer at the same
 * time, what disturbed one of them alone cannot be told from the revision: a latency that could be
 * compared and is not shown worse is then enough, because an earlier step has shown it not worse.
 */
export function findingOf(comparisons: readonly Comparison[], simultaneous: boolean): Finding {
  if (comparisons.some(({ finding }) => finding === 'worse')) return 'worse'
  const passed = comparisons.every(({ finding, compared, estimate }) => {
    const enough = !simultaneous && compared && estimate.unit === 'ratio'
    return finding === 'not-worse' || enough
  })
  return passed ? 'not-worse' : 'open'
}

function found(
  estimate: Estimate,
  bound: number,
): Pick<Comparison, 'estimate' | 'bound' | 'target' | 'finding' | 'reason'> {
  const target: Target = { kind: 'at-most', bound }
  const { verdict, reason } = judgeEstimate(estimate, target)
  return {
    estimate,
    bound,
    target: formatTarget(target, estimate.unit),
    finding: ({ upheld: 'not-worse', refuted: 'worse', inconclusive: 'open' } as const)[verdict],
    ...(reason === undefined ? {} : { reason }),
  }
}
