import type { Estimate } from '../estimate.ts'
import { regularisedBetaInverse } from './beta.ts'
import { binomialExcludes } from './binomial.ts'
import { decidingSamples } from './bisection.ts'
import { type EstimateOptions, tailOf, usualConfidence } from './confidence.ts'

/** Successes among trials: requests answered, messages delivered. */
export interface Tally {
  readonly successes: number
  readonly trials: number
}

/** Which share, and how surely. */
export interface RateQuestion {
  readonly tally: Tally
  /** The probability left outside each bound. */
  readonly tail: number
  /** How many trials tell as much as one independent trial, 1 or more. */
  readonly designEffect: number
}

/**
 * The share of successes among independent trials, with its exact interval. It is conservative: it
 * covers with its confidence or more. With the usual confidence 2,995 trials without a failure show
 * 99.9 %, and 500 do not. Without trials the value is NaN and the interval all there is, 0 to 1.
 * Throws RangeError unless both are whole numbers with 0 ≤ successes ≤ trials.
 *
 * Source: C. Clopper & E. Pearson, Biometrika 26 (1934), by beta quantiles.
 */
export function rateOf(tally: Tally, options: EstimateOptions = {}): Estimate {
  checkTally(tally)
  const confidence = options.confidence ?? usualConfidence
  const question = { tally, tail: tailOf(confidence), designEffect: 1 }
  return {
    ...rateInterval(question),
    unit: 'share',
    confidence,
    samples: tally.trials,
    method: 'exact binomial (Clopper & Pearson 1934)',
    doubts: [],
    samplesToDecide: (bound) => rateSamplesToDecide(question, bound),
  }
}

/** Value and interval of {@link rateOf}. */
export function rateInterval(question: RateQuestion): Pick<Estimate, 'value' | 'low' | 'high'> {
  const { tally, tail, designEffect } = question
  const successes = tally.successes / designEffect
  const failures = (tally.trials - tally.successes) / designEffect
  return {
    value: tally.successes / tally.trials,
    low: successes === 0 ? 0 : regularisedBetaInverse(tail, successes, failures + 1),
    high: failures === 0 ? 1 : regularisedBetaInverse(1 - tail, successes + 1, failures),
  }
}

/** At how many trials the interval would leave `bound`, if the same share of them succeeds. */
export function rateSamplesToDecide(question: RateQuestion, bound: number): number | undefined {
  const { tally, tail, designEffect } = question
  if (tally.trials === 0) return undefined
  if (bound < 0 || bound > 1) return tally.trials
  const share = tally.successes / tally.trials
  return decidingSamples(tally.trials, (samples) => {
    const trials = samples / designEffect
    return binomialExcludes({ successes: share * trials, trials }, bound, tail)
  })
}

/** Throws RangeError unless a tally holds whole numbers with 0 ≤ successes ≤ trials. */
export function checkTally({ successes, trials }: Tally): void {
  const whole = Number.isSafeInteger(successes) && Number.isSafeInteger(trials)
  if (whole && successes >= 0 && successes <= trials) return
  throw new RangeError(
    `rate: expected whole numbers with 0 <= successes <= trials, found ${successes} of ${trials}`,
  )
}
