import type { Doubt } from '../doubt.ts'
import type { Estimate } from '../estimate.ts'
import { decidingSamples } from './bisection.ts'

/** What is left of an estimate once its samples are gone, as in a file. */
export interface Interval {
  readonly value: number
  readonly low: number
  readonly high: number
  /** Two-sided. */
  readonly confidence: number
  readonly samples: number
}

/**
 * How many times as large one estimate is as another, independent one, of which only the interval is
 * known any more: the logarithms of the two intervals are joined by the method of variance estimates
 * recovery (MOVER), as `quantileRatioOf` joins those of quantiles.
 *
 * A side without a bound, or one that reaches zero, leaves the ratio without one: 0 or Infinity.
 * `samples` counts both sides; `samplesToDecide` asks for more of the subject only, because the
 * reference is what it is. Throws RangeError where the two have a different confidence or a value
 * is not above zero.
 *
 * Source: G. Zou & A. Donner, Statistics in Medicine 27 (2008).
 */
export function estimateRatioOf(subject: Interval, reference: Interval): Estimate {
  checkComparable(subject, reference)
  const samples = subject.samples + reference.samples
  return {
    ...ratioInterval(subject, reference, 1),
    unit: 'ratio',
    confidence: subject.confidence,
    samples,
    method: 'two intervals, joined by MOVER (Zou & Donner 2008)',
    doubts: doubtsOf(subject, reference),
    samplesToDecide: (bound) =>
      decidingSamples(samples, (inAll) => {
        const times = (inAll - reference.samples) / subject.samples
        const { low, high } = ratioInterval(subject, reference, times)
        return low > bound || high < bound
      }),
  }
}

/** The ratio and its interval, as if the subject had been measured `times` times as often. */
function ratioInterval(
  subject: Interval,
  reference: Interval,
  times: number,
): Pick<Estimate, 'value' | 'low' | 'high'> {
  const narrower = Math.sqrt(times)
  const one = marginsOf(subject)
  const other = marginsOf(reference)
  const value = subject.value / reference.value
  return {
    value,
    low: value / Math.exp(Math.hypot(one.below / narrower, other.above)),
    high: value * Math.exp(Math.hypot(one.above / narrower, other.below)),
  }
}

/** How far the bounds lie from the value, in logarithms. */
function marginsOf({ value, low, high }: Interval): { below: number; above: number } {
  return { below: Math.log(value / Math.max(0, low)), above: Math.log(high / value) }
}

function checkComparable(subject: Interval, reference: Interval): void {
  for (const { value } of [subject, reference]) {
    if (value > 0 && value < Infinity) continue
    throw new RangeError(`estimate ratio: expected finite values above zero, found ${value}`)
  }
  if (subject.confidence === reference.confidence) return
  const found = `${subject.confidence} and ${reference.confidence}`
  throw new RangeError(`estimate ratio: expected one confidence for both, found ${found}`)
}

function doubtsOf(subject: Interval, reference: Interval): readonly Doubt[] {
  const open = (['below', 'above'] as const).some(
    (side) => !Number.isFinite(marginsOf(subject)[side] + marginsOf(reference)[side]),
  )
  if (!open) return []
  const message = 'a figure without both bounds leaves the ratio without one: measure more'
  return [{ kind: 'few-samples', message }]
}
