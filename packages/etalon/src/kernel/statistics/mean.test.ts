import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeEstimate } from '../judge.ts'
import { random } from '../random.ts'
import { meanOf } from './mean.ts'

const ms = { unit: 'ms' } as const

test('Student’s sleep data, by Student’s t', () => {
  // Student, Biometrika 6 (1908); R: t.test(extra ~ group, sleep, paired = TRUE)$conf.int.
  const gained = [1.2, 2.4, 1.3, 1.3, 0, 1, 1.8, 0.8, 4.6, 1.4]
  const estimate = meanOf(gained, { unit: 'value', confidence: 0.95 })
  expect(estimate.value).toBeCloseTo(1.58, 12)
  expect(estimate.low).toBeCloseTo(0.7001142367230174, 11)
  expect(estimate.high).toBeCloseTo(2.4598857632769824, 11)
  expect(estimate).toMatchObject({
    unit: 'value',
    confidence: 0.95,
    samples: 10,
    method: 'Student t of independent samples',
    doubts: [{ kind: 'few-samples' }],
  })
})

test('twenty batches of a series of 100', () => {
  // Generated with numpy and scipy: ser = sin(arange(100) / 7) + arange(100) % 5,
  // b = ser.reshape(20, 5).mean(axis=1), t.interval(0.95, 19, b.mean(), b.std(ddof=1) / sqrt(20)).
  const series = Array.from({ length: 100 }, (_, index) => Math.sin(index / 7) + (index % 5))
  const estimate = meanOf(series, { ...ms, confidence: 0.95 })
  expect(estimate.value).toBeCloseTo(2.0752784652610363, 11)
  expect(estimate.low).toBeCloseTo(1.7445323241644481, 11)
  expect(estimate.high).toBeCloseTo(2.4060246063576236, 11)
  expect(estimate.method).toBe('Student t of 20 batch means (Schmeiser 1982)')
})

test('batches that are still correlated are a doubt, independent ones are not', () => {
  const drifting = Array.from({ length: 400 }, (_, index) => index)
  expect(meanOf(drifting, ms).doubts).toMatchObject([{ kind: 'few-samples' }])
  expect(meanOf(drifting, ms).doubts[0]?.message).toMatch(
    /^batches of 20 samples are still correlated by 0\.\d\d, so the interval is too narrow/,
  )
  const alternating = Array.from({ length: 403 }, (_, index) => index % 3)
  expect(meanOf(alternating, ms).doubts).toEqual([])
})

test('degenerate input', () => {
  const nothing = meanOf([], ms)
  expect(nothing).toMatchObject({ value: Number.NaN, low: -Infinity, high: Infinity, samples: 0 })
  expect(nothing.samplesToDecide(1)).toBeUndefined()
  const one = meanOf([7], ms)
  expect(one).toMatchObject({ value: 7, low: -Infinity, high: Infinity, samples: 1 })
  expect(one.samplesToDecide(1)).toBeUndefined()
  expect(
    meanOf(
      Array.from({ length: 500 }, () => 7),
      ms,
    ),
  ).toMatchObject({ low: 7, high: 7, doubts: [] })
})

test('few equal samples do not show by how much the others differ', () => {
  const equal = meanOf([0.1, 0.1, 0.1], ms)
  expect(equal).toMatchObject({ value: 0.1, low: -Infinity, high: Infinity })
  expect(equal.doubts).toMatchObject([{ kind: 'few-samples' }])
  expect(equal.samplesToDecide(0.1)).toBeUndefined()
  expect(equal.samplesToDecide(8)).toBe(40)
  // Of three faults that cost a second in three cases of ten, and nothing else, none costs anything
  // in 34 % of all runs (0.7³); at most 5 % may be upheld wrongly.
  const source = random('costs')
  const isUpheld = (): boolean => {
    const costs = Array.from({ length: 3 }, () => (source.fraction() < 0.7 ? 0 : 1_000))
    return judgeEstimate(meanOf(costs, ms), { kind: 'below', bound: 1 }).verdict === 'upheld'
  }
  expect(Array.from({ length: 1_000 }, isUpheld)).not.toContain(true)
})

test('counts that are equal differ by what a count hides', () => {
  const hz = { unit: 'Hz', resolution: 1 } as const
  expect(meanOf([50, 50, 50, 50], hz)).toMatchObject({ low: -Infinity, high: Infinity })
  expect(meanOf([50, 50, 50, 50], hz).samplesToDecide(40)).toBe(5)
  // Student's t for 7 degrees of freedom by 0.5 / √8, one bound each with 95 %.
  const steady = meanOf([50, 50, 50, 50, 50, 50, 50, 50], hz)
  expect(steady.value).toBe(50)
  expect(steady.high - 50).toBeCloseTo(1.894_579 * (0.5 / Math.sqrt(8)), 5)
  expect(50 - steady.low).toBeCloseTo(steady.high - 50, 12)
  const uneven = [40, 60, 45, 55, 30, 70, 50, 50]
  expect(meanOf(uneven, hz).low).toBe(meanOf(uneven, { unit: 'Hz' }).low)
})

test.each([Number.NaN, Infinity, -Infinity])('%d has no mean', (sample) => {
  expect(() => meanOf([1, sample, 3], ms)).toThrow(RangeError)
  expect(() => meanOf([1, sample, 3], ms)).toThrow(`expected finite samples, found ${sample}`)
})

// In steps that moving does not swallow: it must not make different samples equal.
const sample = fc.integer({ min: -1e6, max: 1e6 }).map((thousandths) => thousandths / 1_000)
const series = fc.array(sample, {
  minLength: 2,
  maxLength: 150,
})

test('the interval holds the value, widens with confidence and moves with the series', () => {
  const confidences = fc.double({ min: 0.1, max: 0.999, noNaN: true })
  fc.assert(
    fc.property(series, confidences, (series, confidence) => {
      const narrow = meanOf(series, { ...ms, confidence })
      const wide = meanOf(series, { ...ms, confidence: (1 + confidence) / 2 })
      const moved = meanOf(
        series.map((sample) => sample + 50),
        { ...ms, confidence },
      )
      expect(narrow.low).toBeLessThanOrEqual(narrow.value)
      expect(narrow.high).toBeGreaterThanOrEqual(narrow.value)
      expect(wide.low).toBeLessThanOrEqual(narrow.low)
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high)
      expect(moved.low).toBeCloseTo(narrow.low + 50, 6)
      expect(moved.high).toBeCloseTo(narrow.high + 50, 6)
    }),
    { seed: 1 },
  )
})

test('it names the number of samples at which the margin is smaller than the distance', () => {
  const samples = Array.from({ length: 20 }, (_, index) => (index % 2 === 0 ? 9 : 11))
  const estimate = meanOf(samples, ms)
  expect(estimate.value).toBe(10)
  expect(estimate.low).toBeLessThan(10.1)
  expect(estimate.high).toBeGreaterThan(10.1)
  // The standard deviation is 1.026; 1.729 (t with 19 degrees at 95 %) × 1.026 / √315 is 0.09996.
  expect(estimate.samplesToDecide(10.1)).toBe(315)
  expect(estimate.samplesToDecide(9.9)).toBe(315)
  expect(estimate.samplesToDecide(12)).toBe(20)
})
