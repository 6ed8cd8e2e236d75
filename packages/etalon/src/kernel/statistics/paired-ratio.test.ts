import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { pairedRatioOf, type PairedRound } from './paired-ratio.ts'
import { signedRankBound, signedRankProbabilities } from './signed-rank.ts'
import { walshAverageAt } from './walsh-average.ts'

test('the Hamilton depression data of Hollander & Wolfe', () => {
  // Nonparametric Statistical Methods, 3rd ed., examples 3.1, 3.3 and 3.4: estimate -0.46, interval
  // (-0.786, -0.010); R: wilcox.test(y, x, paired = TRUE, conf.int = TRUE).
  const before = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3]
  const after = [0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29]
  const rounds = before.map((reference, index) => ({
    subject: Math.exp(after[index] as number),
    reference: Math.exp(reference),
  }))
  const estimate = pairedRatioOf(rounds, { confidence: 0.95 })
  expect(Math.log(estimate.value)).toBeCloseTo(-0.46, 12)
  expect(Math.log(estimate.low)).toBeCloseTo(-0.786, 12)
  expect(Math.log(estimate.high)).toBeCloseTo(-0.01, 12)
  expect(estimate).toMatchObject({ unit: 'ratio', samples: 9, confidence: 0.95, doubts: [] })
})

// Generated with numpy: the distribution by convolution, sum(cumsum(pmf(n)) <= tail). The values to
// n = 50 are one more than the critical values of Wilcoxon's table (R: qsignrank(tail, n)).
test.each([
  [4, 0.05, 0],
  [5, 0.05, 1],
  [5, 0.025, 0],
  [6, 0.025, 1],
  [9, 0.025, 6],
  [10, 0.05, 11],
  [20, 0.025, 53],
  [25, 0.05, 101],
  [50, 0.025, 435],
  [60, 0.05, 691],
  [61, 0.05, 716],
  [61, 0.025, 673],
  [100, 0.05, 2046],
  [200, 0.025, 8445],
])('of %d rounds %d lies beyond the Walsh average of rank', (samples, tail, rank) => {
  expect(Math.abs(signedRankBound(samples, tail) - rank)).toBeLessThanOrEqual(samples > 60 ? 2 : 0)
})

test('the signed-rank distribution of three', () => {
  const eighth = 1 / 8
  expect([...signedRankProbabilities(3)]).toEqual(
    [1, 1, 1, 2, 1, 1, 1].map((ways) => ways * eighth),
  )
  expect([...signedRankProbabilities(0)]).toEqual([1])
})

test('a Walsh average by rank is the one that sorting all finds', () => {
  const values = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), {
    minLength: 1,
    maxLength: 30,
  })
  fc.assert(
    fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (values, share) => {
      const sorted = Float64Array.from(values).sort()
      const averages = [...sorted].flatMap((left, index) =>
        [...sorted.subarray(index)].map((right) => (left + right) / 2),
      )
      const rank = 1 + Math.floor(share * (averages.length - 1))
      const expected = averages.sort((left, right) => left - right)[rank - 1] as number
      expect(walshAverageAt(sorted, rank)).toBeCloseTo(expected, 12)
    }),
    { seed: 1 },
  )
})

test('degenerate input', () => {
  const nothing = pairedRatioOf([])
  expect(nothing).toMatchObject({
    value: Number.NaN,
    low: 0,
    high: Infinity,
    samples: 0,
    doubts: [],
  })
  expect(nothing.samplesToDecide(1)).toBeUndefined()
  const one = pairedRatioOf([{ subject: 6, reference: 2 }])
  expect(one).toMatchObject({
    low: 0,
    high: Infinity,
    samples: 1,
    doubts: [{ kind: 'few-samples' }],
  })
  expect(one.value).toBeCloseTo(3, 12)
  expect(one.samplesToDecide(1)).toBe(5)
  const equal = pairedRatioOf(Array.from({ length: 5 }, () => ({ subject: 2, reference: 2 })))
  expect(equal).toMatchObject({ value: 1, low: 1, high: 1, doubts: [] })
})

test.each([0, -1, Number.NaN, Infinity])('%d is no measurement of a ratio', (measured) => {
  expect(() => pairedRatioOf([{ subject: 1, reference: measured }])).toThrow(RangeError)
  expect(() => pairedRatioOf([{ subject: measured, reference: 1 }])).toThrow(
    `expected finite numbers above zero, found ${measured}`,
  )
})

const measurement = fc.double({ min: 0.01, max: 100, noNaN: true })
const rounds = fc.array(fc.record({ subject: measurement, reference: measurement }), {
  minLength: 1,
  maxLength: 80,
})

test('the interval holds the value, widens with confidence and turns over with the rounds', () => {
  const confidences = fc.double({ min: 0.1, max: 0.999, noNaN: true })
  fc.assert(
    fc.property(rounds, confidences, (rounds, confidence) => {
      const narrow = pairedRatioOf(rounds, { confidence })
      const wide = pairedRatioOf(rounds, { confidence: (1 + confidence) / 2 })
      const turned = pairedRatioOf(
        rounds.map(({ subject, reference }) => ({ subject: reference, reference: subject })),
        { confidence },
      )
      expect(narrow.low).toBeLessThanOrEqual(narrow.value)
      expect(narrow.high).toBeGreaterThanOrEqual(narrow.value)
      expect(wide.low).toBeLessThanOrEqual(narrow.low)
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high)
      expect(turned.value * narrow.value).toBeCloseTo(1, 9)
      if (narrow.low > 0) expect(turned.high * narrow.low).toBeCloseTo(1, 9)
      else expect(turned.high).toBe(Infinity)
    }),
    { seed: 1 },
  )
})

test('at about the number of rounds it names, rounds like these decide', () => {
  const base = Array.from({ length: 20 }, (_, index) => ({
    subject: Math.exp(0.02 * (index - 8.3)),
    reference: 1,
  }))
  const estimate = pairedRatioOf(base)
  expect(estimate.low).toBeLessThan(1)
  expect(estimate.high).toBeGreaterThan(1)
  const copies = (estimate.samplesToDecide(1) as number) / base.length
  expect(pairedRatioOf(repeated(base, Math.ceil(copies * 1.1))).low).toBeGreaterThan(1)
  expect(pairedRatioOf(repeated(base, Math.floor(copies * 0.9))).low).toBeLessThan(1)
  const turned = base.map(({ subject }) => ({ subject: 1, reference: subject }))
  expect(pairedRatioOf(turned).samplesToDecide(1)).toBe(estimate.samplesToDecide(1))
  expect(estimate.samplesToDecide(-1)).toBe(20)
})

function repeated(rounds: readonly PairedRound[], times: number): PairedRound[] {
  return Array.from({ length: times }, () => rounds).flat()
}
