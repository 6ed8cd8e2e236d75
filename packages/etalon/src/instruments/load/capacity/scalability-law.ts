import { joinedDoubts, type Doubt } from '../../../kernel/doubt.ts'
import type { Estimate } from '../../../kernel/estimate.ts'
import { tailOf, usualConfidence } from '../../../kernel/statistics/confidence.ts'
import { studentQuantile } from '../../../kernel/statistics/student.ts'
import type { Unit } from '../../../kernel/units.ts'
import { leastSquares, type Fit, type Model, type Point } from './least-squares.ts'

/** Throughput at a number of users, or of anything that works at once. */
export interface Level {
  readonly users: number
  readonly throughputHz: number
  /** Those of the run that showed it; every figure of the law has them. */
  readonly doubts?: readonly Doubt[]
}

/** How a system scales: X(N) = λN / (1 + σ(N - 1) + κN(N - 1)). */
export interface ScalabilityLaw {
  /** λ: throughput of one user alone. */
  readonly alone: Estimate
  /** σ: the share of the work that users queue for. */
  readonly contention: Estimate
  /** κ: what users cost each other by having to agree. */
  readonly coherency: Estimate
  /** The number of users beyond which throughput falls; unbounded while κ may be zero. */
  readonly peakUsers: Estimate
  /** How far the law is off the level that it fits worst, as a share of it: known exactly. */
  readonly misfit: Estimate
  /** What the law says for a number of users, without uncertainty. */
  throughputAt(users: number): number
}

const levelsMin = 6
const method = 'Universal Scalability Law, least squares (Gunther 2007)'

const law: Model = {
  valueAt: (users, [alone = 0, contention = 0, coherency = 0]) =>
    (alone * users) / (1 + contention * (users - 1) + coherency * users * (users - 1)),
  gradientAt: (users, [alone = 0, contention = 0, coherency = 0]) => {
    const below = 1 + contention * (users - 1) + coherency * users * (users - 1)
    const bySum = (-alone * users) / below ** 2
    return [users / below, bySum * (users - 1), bySum * users * (users - 1)]
  },
  least: [Number.MIN_VALUE, 0, 0],
}

/**
 * Fits the Universal Scalability Law; the intervals are those of normal theory at the optimum with
 * Student's t. Fewer than 6 levels are a doubt; fewer than 4 have no intervals.
 *
 * Source: N. Gunther, Guerrilla Capacity Planning (2007), chapters 4 and 5.
 */
export function fitScalabilityLaw(
  levels: readonly Level[],
  options: { readonly confidence?: number } = {},
): ScalabilityLaw {
  const confidence = options.confidence ?? usualConfidence
  const points: Point[] = levels.map(({ users, throughputHz }) => ({ x: users, y: throughputHz }))
  const most = Math.max(...levels.map(({ users, throughputHz }) => throughputHz / users))
  // The optimum of so few parameters may depend on where one starts; the best of some is taken.
  const fits = [0, 0.01, 0.1, 0.5].flatMap((contention) =>
    [0, 1e-5, 1e-3].map((coherency) => leastSquares(law, points, [most, contention, coherency])),
  )
  const fit = fits.reduce((best, one) =>
    one.residualsSquared < best.residualsSquared ? one : best,
  )
  const freedom = levels.length - 3
  const t = freedom < 1 ? Infinity : studentQuantile(1 - tailOf(confidence), freedom)
  const doubts = doubtsOf(levels)
  const estimate = (value: number, low: number, high: number, unit: Unit): Estimate => ({
    value,
    low,
    high,
    unit,
    confidence,
    samples: levels.length,
    method,
    doubts,
    samplesToDecide: () => undefined,
  })
  const parameter = (at: number, unit: Unit): Estimate => {
    const value = fit.parameters[at] ?? Number.NaN
    const margin = t * Math.sqrt(fit.covariance[at]?.[at] ?? Number.NaN)
    return estimate(value, value - margin, value + margin, unit)
  }
  const coherency = parameter(2, 'value')
  const { value, low, high } = peakOf(fit, t, coherency)
  const throughputAt = (users: number): number => law.valueAt(users, fit.parameters)
  const misfits = points.map(({ x, y }) => Math.abs(throughputAt(x) / y - 1))
  const misfit = Math.max(...misfits)
  return {
    alone: parameter(0, 'Hz'),
    contention: parameter(1, 'value'),
    coherency,
    peakUsers: estimate(value, low, high, 'count'),
    misfit: estimate(misfit, misfit, misfit, 'share'),
    throughputAt,
  }
}

function doubtsOf(levels: readonly Level[]): readonly Doubt[] {
  const measured = joinedDoubts(...levels.map(({ doubts = [] }) => doubts))
  if (levels.length >= levelsMin) return measured
  const message = `${levels.length} levels of load: the law wants ${levelsMin}`
  return [{ kind: 'few-samples', message }, ...measured]
}

/** √((1 - σ)/κ), with bounds by the delta method on its logarithm. */
function peakOf(
  { parameters, covariance }: Fit,
  t: number,
  coherency: Estimate,
): { value: number; low: number; high: number } {
  const [, contention = 0, cost = 0] = parameters
  const value = Math.sqrt((1 - contention) / cost)
  if (!(cost > 0)) return { value: Infinity, low: 1, high: Infinity }
  const [byContention, byCost] = [-1 / (2 * (1 - contention)), -1 / (2 * cost)]
  const variance =
    byContention ** 2 * (covariance[1]?.[1] ?? 0) +
    2 * byContention * byCost * (covariance[1]?.[2] ?? 0) +
    byCost ** 2 * (covariance[2]?.[2] ?? 0)
  const factor = Math.exp(t * Math.sqrt(variance))
  return { value, low: value / factor, high: coherency.low > 0 ? value * factor : Infinity }
}
