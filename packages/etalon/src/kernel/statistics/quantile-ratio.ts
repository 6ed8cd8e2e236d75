import type { Estimate } from '../estimate.ts'
import { boundedBySlices, questionOfSlices } from './block-bootstrap.ts'
import { decidingSamples } from './bisection.ts'
import { type EstimateOptions, tailOf, usualConfidence } from './confidence.ts'
import { jointDesignEffectOf } from './design-effect.ts'
import { type Distribution, distributionOf, type Observations } from './distribution.ts'
import { quantileInterval, type QuantileQuestion, unboundedDoubts } from './quantile.ts'

/** The share of observations at or below the quantile, 0.95 for P95, and how surely. */
export interface QuantileRatioOptions extends EstimateOptions {
  readonly p: number
}

/**
 * How many times as large a quantile of the subject is as that of the reference, from independent
 * observations of both that were not paired; for paired rounds take `pairedRatioOf`. Each
 * quantile has its interval between order statistics, whatever the distribution; the logarithms of
 * the two intervals are joined by the method of variance estimates recovery (MOVER), which asks
 * only that the two sides be independent of each other. It is somewhat conservative.
 *
 * A quantile without a bound leaves the ratio without one: 0 or Infinity. Without observations of a
 * side the value is NaN. `samples` counts both sides. Throws RangeError for an observation that is
 * not finite and above zero.
 *
 * Source: G. Zou & A. Donner, Statistics in Medicine 27 (2008); for medians in this form R. Price &
 * D. Bonett, Journal of Statistical Computation and Simulation 72 (2002).
 */
export function quantileRatioOf(
  subject: Observations,
  reference: Observations,
  options: QuantileRatioOptions,
): Estimate {
  const confidence = options.confidence ?? usualConfidence
  const tail = tailOf(confidence)
  const questionOf = (observations: Observations): QuantileQuestion => {
    const distribution = distributionOf(observations)
    checkPositive(distribution)
    return { distribution, p: options.p, tail, designEffect: 1 }
  }
  return ratioOf({ subject: questionOf(subject), reference: questionOf(reference) }, confidence)
}

export interface SliceRatioOptions extends QuantileRatioOptions {
  /** Slices of the same place are the same span of time: what disturbs both sides cancels. */
  readonly simultaneous: boolean
}

/**
 * The same of observations that are correlated in time, from successive slices of equal duration of
 * each side, for as many independent observations as they are worth: see `quantileOfSlices`, and
 * `jointDesignEffectOf` for sides that were measured at the same time. What they are worth is
 * allowed for at the usual confidence, also where the interval has a higher one. Fewer than 8
 * slices of a side leave everything open, 0 to Infinity.
 */
export function quantileRatioOfSlices(
  subject: readonly Observations[],
  reference: readonly Observations[],
  options: SliceRatioOptions,
): Estimate {
  const confidence = options.confidence ?? usualConfidence
  const effectTail = tailOf(usualConfidence)
  const asked = { p: options.p, tail: tailOf(confidence), effectTail }
  const sides = [questionOfSlices(subject, asked), questionOfSlices(reference, asked)] as const
  const [one, other] = sides
  const joint = options.simultaneous
    ? jointDesignEffectOf(one.scores, other.scores, effectTail)
    : undefined
  for (const { question } of sides) checkPositive(question.distribution)
  const asOne = joint === undefined ? {} : { designEffect: joint }
  const questions = {
    subject: { ...one.question, ...asOne },
    reference: { ...other.question, ...asOne },
  }
  return sides.reduce(
    (estimate, { scores }) => boundedBySlices(scores, [0, Infinity], estimate),
    ratioOf(questions, confidence),
  )
}

/** The estimate for two questions. */
function ratioOf(sides: Sides, confidence: number): Estimate {
  const samples = sides.subject.distribution.total + sides.reference.distribution.total
  return {
    ...ratioInterval(sides, 1),
    unit: 'ratio',
    confidence,
    samples,
    method: 'order statistics of both sides, joined by MOVER (Zou & Donner 2008)',
    doubts: [...unboundedDoubts(sides.subject), ...unboundedDoubts(sides.reference)],
    samplesToDecide: (bound) => {
      if (sides.subject.distribution.total === 0 || sides.reference.distribution.total === 0) {
        return undefined
      }
      return decidingSamples(samples, (inAll) => {
        const { low, high } = ratioInterval(sides, inAll / samples)
        return low > bound || high < bound
      })
    },
  }
}

interface Sides {
  readonly subject: QuantileQuestion
  readonly reference: QuantileQuestion
}

/** The ratio and its interval, as if each observation had been made `times` times. */
function ratioInterval(sides: Sides, times: number): Pick<Estimate, 'value' | 'low' | 'high'> {
  const [subject, reference] = [sides.subject, sides.reference].map((question) => {
    const { value, low, high } = quantileInterval({
      ...question,
      designEffect: question.designEffect / times,
    })
    return { value: Math.log(value), low: Math.log(Math.max(0, low)), high: Math.log(high) }
  }) as [LogInterval, LogInterval]
  const value = subject.value - reference.value
  const below = Math.hypot(subject.value - subject.low, reference.high - reference.value)
  const above = Math.hypot(subject.high - subject.value, reference.value - reference.low)
  return {
    value: Math.exp(value),
    low: Number.isNaN(value) ? 0 : Math.exp(value - below),
    high: Number.isNaN(value) ? Infinity : Math.exp(value + above),
  }
}

interface LogInterval {
  readonly value: number
  readonly low: number
  readonly high: number
}

function checkPositive({ values }: Distribution): void {
  const wrong = [values[0], values.at(-1)].find((value) => !(value! > 0 && value! < Infinity))
  if (values.length === 0 || wrong === undefined) return
  throw new RangeError(`quantile ratio: expected finite numbers above zero, found ${wrong}`)
}
