import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { random } from '../random.ts'
import { estimateRatioOf, type Interval } from './estimate-ratio.ts'
import { quantileOf } from './quantile.ts'
import { quantileRatioOf } from './quantile-ratio.ts'

const interval = (value: number, low: number, high: number, samples = 100): Interval => {
  return { value, low, high, samples, confidence: 0.9 }
}
const firstTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

test('is what the ratio of quantiles is when their observations are still there', () => {
  const subject = firstTo(400).map((value) => 300 + value)
  const reference = firstTo(300)
  const known = quantileRatioOf(subject, reference, { p: 0.5 })
  const joined = estimateRatioOf(
    quantileOf(subject, 0.5, { unit: 'ms' }),
    quantileOf(reference, 0.5, { unit: 'ms' }),
  )
  expect(joined.value).toBeCloseTo(known.value, 12)
  expect(joined.low).toBeCloseTo(known.low, 12)
  expect(joined.high).toBeCloseTo(known.high, 12)
  expect(joined).toMatchObject({ unit: 'ratio', samples: 700, confidence: 0.9, doubts: [] })
})

test('the interval of an exact reference is that of the subject', () => {
  const ratio = estimateRatioOf(interval(12, 10, 15), interval(10, 10, 10))
  expect(ratio.value).toBeCloseTo(1.2, 12)
  expect(ratio.low).toBeCloseTo(1, 12)
  expect(ratio.high).toBeCloseTo(1.5, 12)
})

test('a side without a bound leaves the ratio without one, and says so', () => {
  const open = estimateRatioOf(interval(12, 10, Infinity), interval(10, 9, 11))
  expect(open.high).toBe(Infinity)
  expect(open.low).toBeGreaterThan(0)
  expect(open.doubts).toHaveLength(1)
  expect(estimateRatioOf(interval(12, 10, 13), interval(10, 9, Infinity)).low).toBe(0)
  expect(estimateRatioOf(interval(12, 0, 13), interval(10, 9, 11)).low).toBe(0)
})

test('at the number of samples it names the interval has left the bound', () => {
  const reference = interval(10, 9.9, 10.1)
  const ratio = estimateRatioOf(interval(12, 10, 14), reference)
  expect(ratio.high).toBeGreaterThan(1.25)
  const inAll = ratio.samplesToDecide(1.25) as number
  const times = Math.sqrt((inAll - 100) / 100)
  const narrower = interval(12, 12 / (12 / 10) ** (1 / times), 12 * (14 / 12) ** (1 / times))
  expect(estimateRatioOf(narrower, reference).high).toBeLessThanOrEqual(1.25)
})

test('a reference that is too uncertain is not made certain by the subject', () => {
  const ratio = estimateRatioOf(interval(12, 11, 13), interval(10, 5, 20))
  expect(ratio.samplesToDecide(1.25)).toBeUndefined()
})

test.each([
  [interval(0, 0, 1), interval(1, 1, 1), 'found 0'],
  [interval(1, 1, 1), interval(Number.NaN, 1, 1), 'found NaN'],
  [interval(1, 1, 1), { ...interval(1, 1, 1), confidence: 0.99 }, 'found 0.9 and 0.99'],
])('refuses what has no ratio', (subject, reference, message) => {
  expect(() => estimateRatioOf(subject, reference)).toThrow(message)
})

test('holds the true ratio of two P95 at least as often as it says', () => {
  const draw = random('estimate-ratio')
  const sample = (scale: number): number[] =>
    Array.from({ length: 120 }, () => -scale * Math.log(1 - draw.fraction()))
  let held = 0
  const runs = 400
  for (let run = 0; run < runs; run += 1) {
    const p95 = (scale: number) => quantileOf(sample(scale), 0.95, { unit: 'ms' })
    const { low, high } = estimateRatioOf(p95(13), p95(10))
    if (low <= 1.3 && 1.3 <= high) held += 1
  }
  expect(held / runs).toBeGreaterThan(0.9)
})

test('swapping the sides inverts the ratio', () => {
  const sides = fc.tuple(
    fc.double({ min: 0.1, max: 1_000, noNaN: true }),
    fc.double({ min: 0.1, max: 0.99, noNaN: true }),
    fc.double({ min: 1.01, max: 9, noNaN: true }),
  )
  fc.assert(
    fc.property(sides, sides, ([a, aLow, aHigh], [b, bLow, bHigh]) => {
      const one = interval(a, a * aLow, a * aHigh)
      const other = interval(b, b * bLow, b * bHigh)
      const forth = estimateRatioOf(one, other)
      const back = estimateRatioOf(other, one)
      expect(forth.low * back.high).toBeCloseTo(1, 9)
      expect(forth.high * back.low).toBeCloseTo(1, 9)
    }),
    { seed: 1 },
  )
})
