import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeEstimate } from '../judge.ts'
import { binomialCdf } from './binomial.ts'
import { quantileOf } from './quantile.ts'

const ms = { unit: 'ms' } as const

// Generated with scipy: the greatest l with binom.cdf(l - 1, n, p) <= tail and the least u with
// binom.sf(u - 1, n, p) <= tail. The first two stand in W. Conover, Practical Nonparametric
// Statistics, 3rd ed., table A3.
test.each([
  [10, 0.5, 0.95, 2, 9],
  [20, 0.5, 0.95, 6, 15],
  [100, 0.5, 0.95, 40, 61],
  [100, 0.95, 0.95, 90, 100],
  [299, 0.99, 0.9, 293, 299],
  [1000, 0.95, 0.9, 938, 962],
  [1000, 0.99, 0.95, 983, 997],
  [473, 0.99, 0.95, 464, 473],
])('of %d samples the quantile %d at %d lies between ranks', (...row) => {
  const [n, p, confidence, low, high] = row
  expect(quantileOf(upTo(n), p, { ...ms, confidence })).toMatchObject({
    value: Math.ceil(n * p - 1e-9),
    low,
    high,
    confidence,
    unit: 'ms',
    samples: n,
  })
})

test('299 samples bound a P99 from above, 298 and 100 do not', () => {
  expect(quantileOf(upTo(299), 0.99, ms).high).toBe(299)
  expect(quantileOf(upTo(299), 0.99, ms).doubts).toEqual([])
  expect(quantileOf(upTo(298), 0.99, ms).high).toBe(Infinity)
  const few = quantileOf(upTo(100), 0.99, ms)
  expect(few).toMatchObject({ value: 99, high: Infinity, doubts: [{ kind: 'few-samples' }] })
  expect(few.doubts[0]?.message).toBe(
    '100 samples do not bound the 99 % quantile on both sides: that takes about 299',
  )
  expect(judgeEstimate(few, { kind: 'below', bound: 500 })).toEqual({
    verdict: 'inconclusive',
    reason: 'about 199 more samples would decide',
  })
})

test('the nearest rank is not one too high where p × n rounds up', () => {
  expect(0.07 * 100).toBeGreaterThan(7)
  expect(quantileOf(upTo(100), 0.07, ms).value).toBe(7)
})

test('degenerate input', () => {
  const nothing = quantileOf([], 0.95, ms)
  expect(nothing).toMatchObject({ value: Number.NaN, low: -Infinity, high: Infinity, samples: 0 })
  expect(nothing.samplesToDecide(1)).toBeUndefined()
  expect(quantileOf([7], 0.95, ms)).toMatchObject({ value: 7, low: -Infinity, high: Infinity })
  expect(quantileOf(upTo(500).fill(7), 0.95, ms)).toMatchObject({ value: 7, low: 7, high: 7 })
})

test('censored samples are the longest, and may be the value and a bound', () => {
  const few = [...upTo(990), ...Array.from({ length: 10 }, () => Infinity)]
  expect(quantileOf(few, 0.95, ms)).toMatchObject({ value: 950, low: 938, high: 962 })
  expect(quantileOf(few, 0.99, ms)).toMatchObject({ value: 990, high: Infinity })
  const many = [...upTo(900), ...Array.from({ length: 100 }, () => Infinity)]
  const estimate = quantileOf(many, 0.95, ms)
  expect(estimate).toMatchObject({ value: Infinity, low: Infinity, high: Infinity })
  expect(judgeEstimate(estimate, { kind: 'below', bound: 100 }).verdict).toBe('refuted')
})

test('counted observations give what single ones give', () => {
  const values = fc.array(fc.integer({ min: -5, max: 20 }), { minLength: 1, maxLength: 200 })
  fc.assert(
    fc.property(values, (values) => {
      const counted = values.map((value, index) => ({ value, count: (index % 3) + 1 }))
      const single = counted.flatMap(({ value, count }) =>
        Array.from({ length: count }, () => value),
      )
      const bounds = ({ value, low, high, samples }: ReturnType<typeof quantileOf>): unknown => ({
        value,
        low,
        high,
        samples,
        needed: [0, 5, 10].map((bound) => quantileOf(single, 0.8, ms).samplesToDecide(bound)),
      })
      expect(bounds(quantileOf(counted, 0.8, ms))).toEqual(bounds(quantileOf(single, 0.8, ms)))
    }),
    { seed: 1 },
  )
})

test.each([
  [() => quantileOf([1, Number.NaN, 3], 0.5, ms), 'expected a number or +Infinity, found NaN'],
  [() => quantileOf([-Infinity], 0.5, ms), 'expected a number or +Infinity, found -Infinity'],
  [() => quantileOf([{ value: 1, count: 1.5 }], 0.5, ms), 'expected a whole number, found 1.5'],
  [() => quantileOf([{ value: Number.NaN, count: 1 }], 0.5, ms), 'found NaN'],
  [() => quantileOf([1], 1, ms), 'expected a share between 0 and 1, found 1'],
  [() => quantileOf([1], 95, ms), 'expected a share between 0 and 1, found 95'],
])('bad input says what was expected and found', (compute, message) => {
  expect(compute).toThrow(RangeError)
  expect(compute).toThrow(message)
})

const samples = fc.array(fc.double({ min: 0, max: 1e4, noNaN: true }), {
  minLength: 1,
  maxLength: 400,
})
const shares = fc.double({ min: 0.01, max: 0.999, noNaN: true })

test('the interval holds the value, widens with confidence and rises with p', () => {
  fc.assert(
    fc.property(samples, shares, shares, (samples, p, confidence) => {
      const narrow = quantileOf(samples, p, { ...ms, confidence })
      const wide = quantileOf(samples, p, { ...ms, confidence: (1 + confidence) / 2 })
      const higher = quantileOf(samples, (1 + p) / 2, { ...ms, confidence })
      expect(narrow.low).toBeLessThanOrEqual(narrow.value)
      expect(narrow.high).toBeGreaterThanOrEqual(narrow.value)
      expect(wide.low).toBeLessThanOrEqual(narrow.low)
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high)
      expect(higher.low).toBeGreaterThanOrEqual(narrow.low)
      expect(higher.high).toBeGreaterThanOrEqual(narrow.high)
    }),
    { seed: 1 },
  )
})

test('at the number it names, samples of the same shares decide, and fewer do not', () => {
  const bounds = fc.integer({ min: 1, max: 60 })
  fc.assert(
    fc.property(bounds, shares, (bound, p) => {
      const base = upTo(60)
      const needed = quantileOf(base, p, ms).samplesToDecide(bound)
      if (needed === undefined || needed > 60_000) return
      const enough = Math.ceil(needed / 60)
      const tooFew = Math.floor((needed - 1) / 60)
      expect(decides(base, enough, p, bound)).toBe(true)
      if (tooFew > 0) expect(decides(base, tooFew, p, bound)).toBe(false)
    }),
    { seed: 1 },
  )
})

test('no number of samples decides where the share below the bound is p itself', () => {
  expect(quantileOf(upTo(100), 0.95, ms).samplesToDecide(95.5)).toBeUndefined()
  // A quantile that lies on the bound, with so many samples equal to it: both targets are decided.
  const tied = [...upTo(40), ...Array.from({ length: 60 }, () => 50)]
  expect(quantileOf(tied, 0.5, ms).samplesToDecide(50)).toBeGreaterThan(0)
})

test('exact coverage never falls below the confidence, also for small numbers', () => {
  for (const n of [1, 2, 3, 5, 8, 13, 40, 100]) {
    for (const p of [0.05, 0.3, 0.5, 0.75, 0.95, 0.99]) {
      const { low, high } = quantileOf(upTo(n), p, { ...ms, confidence: 0.95 })
      // Ranks low and high cover when at least low, and fewer than high, lie below the quantile.
      const atMostHigh = high === Infinity ? 1 : binomialCdf(high - 1, n, p)
      const belowLow = low === -Infinity ? 0 : binomialCdf(low - 1, n, p)
      expect(atMostHigh - belowLow).toBeGreaterThanOrEqual(0.95)
    }
  }
})

function upTo(n: number): number[] {
  return Array.from({ length: n }, (_, index) => index + 1)
}

/** Whether the interval of so many copies lies on one side, for a strict and a weak target. */
function decides(base: readonly number[], copies: number, p: number, bound: number): boolean {
  const counted = base.map((value) => ({ value, count: copies }))
  const { low, high } = quantileOf(counted, p, ms)
  const strict = high < bound || low >= bound
  const weak = high <= bound || low > bound
  return strict && weak
}
