import type { Doubt } from '../doubt.ts'
import type { Estimate } from '../estimate.ts'
import { decidingSamples } from './bisection.ts'
import { type EstimateOptions, tailOf, usualConfidence } from './confidence.ts'
import { signedRankBound } from './signed-rank.ts'
import { walshAverageAt, walshAveragesAtMost, walshCount } from './walsh-average.ts'

/** One round: both things measured in the same unit right after each other, in random order. */
export interface PairedRound {
  readonly subject: number
  readonly reference: number
}

/**
 * How many times as large the subject is as the reference, from paired, interleaved rounds: the
 * Hodges–Lehmann estimate of the logarithm of the ratio with the interval of Wilcoxon's signed-rank
 * test, transformed back.
 *
 * The method asks that the logarithms of the rounds' ratios be independent and symmetrical about
 * their centre, and nothing else of their distribution. The rounds are symmetrical because the
 * order of the two within a round is drawn at random: where they differ by a factor only, what
 * disturbs the first or the second measurement falls on either with the same chance, and so a
 * disturbance of the ratio is as likely as its inverse. The logarithm makes the inverse the
 * opposite.
 *
 * With fewer than 5 rounds (at the usual confidence) the interval is all there is, 0 to Infinity;
 * without rounds the value is NaN. Throws RangeError for a measurement that is not finite and above
 * zero.
 *
 * Source: J. Hodges & E. Lehmann, Annals of Mathematical Statistics 34 (1963); M. Hollander,
 * D. Wolfe & E. Chicken, Nonparametric Statistical Methods, 3rd ed. (2014), 3.2 and 3.3.
 */
export function pairedRatioOf(
  rounds: readonly PairedRound[],
  options: EstimateOptions = {},
): Estimate {
  const confidence = options.confidence ?? usualConfidence
  const tail = tailOf(confidence)
  const logRatios = Float64Array.from(rounds, logRatioOf).sort()
  const samples = rounds.length
  const averages = walshCount(samples)
  const rank = signedRankBound(samples, tail)
  return {
    value: Math.exp(centreOf(logRatios)),
    low: rank === 0 ? 0 : Math.exp(walshAverageAt(logRatios, rank)),
    high: rank === 0 ? Infinity : Math.exp(walshAverageAt(logRatios, averages + 1 - rank)),
    unit: 'ratio',
    confidence,
    samples,
    method: 'Hodges–Lehmann, signed rank, of paired rounds (Hollander & Wolfe 3.2)',
    doubts: doubtsOf(samples, rank),
    samplesToDecide: (bound) => roundsToDecide(logRatios, tail, bound),
  }
}

function logRatioOf({ subject, reference }: PairedRound): number {
  for (const measured of [subject, reference]) {
    if (!(measured > 0 && measured < Infinity)) {
      throw new RangeError(`paired ratio: expected finite numbers above zero, found ${measured}`)
    }
  }
  return Math.log(subject / reference)
}

/** The median of the Walsh averages. */
function centreOf(logRatios: Float64Array): number {
  const averages = walshCount(logRatios.length)
  if (averages === 0) return Number.NaN
  const lower = walshAverageAt(logRatios, Math.floor((averages + 1) / 2))
  if (averages % 2 === 1) return lower
  return (lower + walshAverageAt(logRatios, averages / 2 + 1)) / 2
}

/** At which number of rounds the interval leaves `bound` if as many Walsh averages are below it. */
function roundsToDecide(logRatios: Float64Array, tail: number, bound: number): number | undefined {
  const samples = logRatios.length
  if (samples === 0) return undefined
  const logBound = Math.log(Math.max(0, bound))
  const below = walshAveragesAtMost(logRatios, logBound) / walshCount(samples)
  const smallerShare = Math.min(below, 1 - below)
  return decidingSamples(
    samples,
    (inAll) => smallerShare * walshCount(inAll) < signedRankBound(inAll, tail),
  )
}

function doubtsOf(samples: number, rank: number): readonly Doubt[] {
  if (samples === 0 || rank > 0) return []
  const message = `${samples} paired rounds have no interval at this confidence: measure more`
  return [{ kind: 'few-samples', message }]
}
