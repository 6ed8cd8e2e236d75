import type { Doubt } from '../doubt.ts'
import type { Estimate } from '../estimate.ts'
import { formatCount, formatQuantity } from '../units.ts'
import { binomialCdf, binomialExcludes, binomialSurvival } from './binomial.ts'
import { decidingSamples, firstWhole } from './bisection.ts'
import { type MeasuredOptions, tailOf, usualConfidence } from './confidence.ts'
import {
  countAtMost,
  countBelow,
  distributionOf,
  type Distribution,
  type Observations,
  quantileRank,
  valueAtRank,
} from './distribution.ts'

/** Which quantile of what, and how surely. */
export interface QuantileQuestion {
  readonly distribution: Distribution
  /** The share of observations at or below the quantile: 0.95 for P95. */
  readonly p: number
  /** The probability left outside each bound. */
  readonly tail: number
  /** How many observations tell as much as one independent observation, 1 or more. */
  readonly designEffect: number
}

/**
 * The p-quantile (0.95 for P95) of independent observations, in their unit. The value is the
 * observation at the nearest rank; the interval runs between two order statistics, chosen by the
 * binomial distribution so that the true quantile lies beyond either with at most half the
 * remaining probability, whatever the distribution of the observations. It is conservative: it
 * covers with its confidence or more.
 *
 * A side without such an order statistic is ±Infinity: 100 observations have no upper bound for
 * P99. Censored observations are `+Infinity` and may become the value or a bound. Without
 * observations the value is NaN. Throws RangeError for NaN, for p or a confidence outside (0, 1).
 *
 * Source: H. A. David & H. N. Nagaraja, Order Statistics, 3rd ed. (2003), section 7.1.
 */
export function quantileOf(
  observations: Observations,
  p: number,
  options: MeasuredOptions,
): Estimate {
  const confidence = options.confidence ?? usualConfidence
  const distribution = distributionOf(observations)
  const question = { distribution, p, tail: tailOf(confidence), designEffect: 1 }
  return {
    ...quantileInterval(question),
    unit: options.unit,
    confidence,
    samples: distribution.total,
    method: 'order statistics (David & Nagaraja 2003, 7.1)',
    doubts: unboundedDoubts(question),
    samplesToDecide: (bound) => quantileSamplesToDecide(question, bound),
  }
}

/** Value and interval of {@link quantileOf}. */
export function quantileInterval(
  question: QuantileQuestion,
): Pick<Estimate, 'value' | 'low' | 'high'> {
  const { distribution, p, tail, designEffect } = question
  if (!(p > 0 && p < 1)) {
    throw new RangeError(`quantile: expected a share between 0 and 1, found ${p}`)
  }
  const { total } = distribution
  if (total === 0) return { value: Number.NaN, low: -Infinity, high: Infinity }
  // The lower bound fails when fewer observations than its rank lie below the true quantile, the
  // upper one when as many as its rank do; the number that do is binomial.
  const trials = total / designEffect
  const isLow = (rank: number): boolean => binomialCdf(rank / designEffect, trials, p) > tail
  const isHigh = (rank: number): boolean => binomialSurvival(rank / designEffect, trials, p) <= tail
  const lowRank = firstWhole(0, total, isLow)
  const highRank = firstWhole(0, total + 1, isHigh)
  return {
    value: valueAtRank(distribution, quantileRank(total, p)),
    low: lowRank === 0 ? -Infinity : valueAtRank(distribution, lowRank),
    high: highRank > total ? Infinity : valueAtRank(distribution, highRank),
  }
}

/**
 * At how many observations the interval would leave `bound`, if the same shares of them are below
 * it and at most it. The two differ where observations equal the bound, and a target may be strict
 * or not, so that both have to be decided.
 */
export function quantileSamplesToDecide(
  question: QuantileQuestion,
  bound: number,
): number | undefined {
  const { distribution, p, tail, designEffect } = question
  const { total } = distribution
  if (total === 0) return undefined
  const needed = [countBelow, countAtMost].map((count) => {
    const share = count(distribution, bound) / total
    return decidingSamples(total, (samples) => {
      const trials = samples / designEffect
      return binomialExcludes({ successes: share * trials, trials }, p, tail)
    })
  })
  const inAll = Math.max(...needed.map((samples) => samples ?? Infinity))
  return Number.isFinite(inAll) ? inAll : undefined
}

/** Says how many observations a quantile needs for a bound on both sides, when it has fewer. */
export function unboundedDoubts(question: QuantileQuestion): readonly Doubt[] {
  const { distribution, p, tail, designEffect } = question
  const { total } = distribution
  const least = Math.ceil((designEffect * Math.log(tail)) / Math.log(Math.max(p, 1 - p)))
  if (total === 0 || total >= least) return []
  const message =
    `${formatCount(total)} samples do not bound the ${formatQuantity(p, 'share')} quantile on ` +
    `both sides: that takes about ${formatCount(least)}`
  return [{ kind: 'few-samples', message }]
}
