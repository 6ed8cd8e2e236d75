import type { Estimate } from '../estimate.ts'
import { decidingSamples } from './bisection.ts'
import { type EstimateOptions, tailOf, usualConfidence } from './confidence.ts'
import { normalQuantile } from './normal.ts'
import { checkTally, type Tally } from './rate.ts'

/**
 * By how much the subject's share of successes exceeds the reference's, from independent trials of
 * both: the score interval, which holds its confidence for shares near 0 and for sides of very
 * different size, where the textbook's interval of normal shares does not.
 *
 * A side without trials leaves everything open, -1 to 1, and the value NaN. `samples` counts the
 * trials of both sides. Throws RangeError unless 0 ≤ successes ≤ trials in whole numbers.
 *
 * Source: O. Miettinen & M. Nurminen, Statistics in Medicine 4 (1985); R. Newcombe, Statistics in
 * Medicine 17 (1998), method 6, compares it with ten others.
 */
export function rateDifferenceOf(
  subject: Tally,
  reference: Tally,
  options: EstimateOptions = {},
): Estimate {
  checkTally(subject)
  checkTally(reference)
  const confidence = options.confidence ?? usualConfidence
  const deviations = normalQuantile(1 - tailOf(confidence))
  const samples = subject.trials + reference.trials
  const open = subject.trials === 0 || reference.trials === 0
  const difference = differenceOf(subject, reference)
  const distance = (bound: number): number => scoreOf(subject, reference, bound)
  return {
    value: difference,
    low: open ? -1 : rootOf((at) => distance(at) - deviations, -1, difference),
    high: open ? 1 : rootOf((at) => distance(at) + deviations, difference, 1),
    unit: 'share',
    confidence,
    samples,
    method: 'score interval of a difference (Miettinen & Nurminen 1985)',
    doubts: [],
    samplesToDecide: (bound) => {
      if (open) return undefined
      return decidingSamples(samples, (inAll) => {
        const factor = inAll / samples
        const score = scoreOf(scaled(subject, factor), scaled(reference, factor), bound)
        return Math.abs(score) > deviations
      })
    },
  }
}

function differenceOf(subject: Tally, reference: Tally): number {
  return subject.successes / subject.trials - reference.successes / reference.trials
}

function scaled({ successes, trials }: Tally, factor: number): Tally {
  return { successes: successes * factor, trials: trials * factor }
}

/**
 * How many standard deviations the difference seen lies above the difference `bound`, were that the
 * true one; falls as the bound rises.
 */
function scoreOf(subject: Tally, reference: Tally, bound: number): number {
  const excess = differenceOf(subject, reference) - bound
  if (excess === 0) return 0
  if (Math.abs(bound) > 1) return excess * Infinity
  const share = likeliestReference(subject, reference, bound)
  const all = subject.trials + reference.trials
  const variance =
    ((share + bound) * (1 - share - bound)) / subject.trials +
    (share * (1 - share)) / reference.trials
  return excess / Math.sqrt((Math.max(0, variance) * all) / (all - 1))
}

/**
 * The reference's share of greatest likelihood among those that leave the subject's at `bound` more:
 * where the slope of the log-likelihood, here times a positive polynomial, changes its sign.
 */
function likeliestReference(subject: Tally, reference: Tally, bound: number): number {
  const slope = (share: number): number => {
    const other = share + bound
    return (
      (subject.successes - subject.trials * other) * share * (1 - share) +
      (reference.successes - reference.trials * share) * other * (1 - other)
    )
  }
  return rootOf(slope, Math.max(0, -bound), Math.min(1, 1 - bound))
}

/** Where a function that is positive first and negative then changes its sign. */
function rootOf(value: (at: number) => number, from: number, to: number): number {
  let low = from
  let high = to
  for (let step = 0; step < 60; step += 1) {
    const middle = (low + high) / 2
    if (value(middle) > 0) low = middle
    else high = middle
  }
  return (low + high) / 2
}
