import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { random } from '../random.ts'
import { quantileOfSlices, rateOfSlices } from './block-bootstrap.ts'
import { blockLengthOf, blockVariance, designEffectOf } from './design-effect.ts'
import { quantileOf } from './quantile.ts'
import { rateOf } from './rate.ts'

const ms = { unit: 'ms' } as const

test.each([
  [8, 2],
  [12, 3],
  [20, 5],
  [32, 8],
  [60, 8],
  [64, 8],
  [600, 75],
])('%d slices make blocks of %d', (slices, length) => {
  expect(blockLengthOf(slices)).toBe(length)
})

test('the variance of blocks is the one that drawn blocks converge to', () => {
  const source = random('blocks')
  const residuals = Float64Array.from({ length: 24 }, (_, index) => Math.sin(index) + (index % 3))
  const mean = residuals.reduce((sum, value) => sum + value, 0) / 24
  for (const [index, value] of residuals.entries()) residuals[index] = value - mean
  const resamples = 20_000
  let squares = 0
  for (let resample = 0; resample < resamples; resample += 1) {
    let sum = 0
    for (let block = 0; block < 6; block += 1) {
      const start = source.integer(0, 23)
      for (let at = 0; at < 4; at += 1) sum += residuals[(start + at) % 24] as number
    }
    squares += sum * sum
  }
  expect(squares / resamples / blockVariance(residuals, 4)).toBeCloseTo(1, 1)
})

test('blocks of one slice have the variance of independent slices', () => {
  expect(blockVariance(Float64Array.of(1, -1, 2, -2), 1)).toBeCloseTo(10, 12)
})

test('independent observations are worth about one each, repeated ones their number', () => {
  const source = random('worth')
  const slices = Array.from({ length: 400 }, () => {
    const sum = Array.from({ length: 50 }, () => source.integer(0, 1)).filter(Boolean).length
    return { observations: 50, sum, squares: sum }
  })
  const repeated = slices.map(({ sum }) => ({
    observations: 500,
    sum: 10 * sum,
    squares: 10 * sum,
  }))
  // Eight blocks are uncertain by the square of t(7) over z at 5 %: 1.327.
  const once = designEffectOf(slices, 0.05)
  expect(once).toBeGreaterThan(1)
  expect(once).toBeLessThan(2.6)
  expect(designEffectOf(repeated, 0.05) / once).toBeCloseTo(10, 6)
})

// Student's t with 3 degrees of freedom over z, both at 95 %: what four blocks leave uncertain.
const uncertain = (2.3533634348018264 / 1.6448536269514722) ** 2

test('the worth of eight slices in four blocks, by hand', () => {
  const slices = [9, 1, 1, 9, 1, 9, 1, 9].map((sum) => ({ observations: 10, sum, squares: sum }))
  // Blocks of two residuals of 4 or -4 add up to 0, save one to -8 and one to 8: 128 / 2. Of 80
  // independent trials at one half the variance is 20. Neighbours are correlated below zero.
  expect(designEffectOf(slices, 0.05)).toBeCloseTo((64 / 20) * (4 / 3) * uncertain, 10)
})

test('an observation equal to the quantile counts half', () => {
  const slices = [0, 2, 2, 0, 1, 1, 1, 1].map((seen) => [{ value: seen, count: 10 }])
  // The residuals are 5, -5, -5, 5, 0, …: their blocks' variance is 75, that of single ones 10.
  const worth = ((75 / 10) * (4 / 3) * uncertain).toFixed(1)
  expect(quantileOfSlices(slices, 0.5, ms).method).toContain(`1 in ${worth} samples counts`)
})

test('the interval is never narrower than that of independent samples', () => {
  const slices = fc.array(fc.array(fc.nat(50), { maxLength: 30 }), { minLength: 8, maxLength: 30 })
  fc.assert(
    fc.property(slices, fc.constantFrom(0.5, 0.9, 0.99), (slices, p) => {
      const blocks = quantileOfSlices(slices, p, ms)
      const independent = quantileOf(slices.flat(), p, ms)
      expect(blocks.value).toBe(independent.value)
      expect(blocks.samples).toBe(independent.samples)
      expect(blocks.low).toBeLessThanOrEqual(independent.low)
      expect(blocks.high).toBeGreaterThanOrEqual(independent.high)
      const tallies = slices.map((slice) => ({
        successes: slice.filter((value) => value < 40).length,
        trials: slice.length,
      }))
      const rate = rateOfSlices(tallies)
      const plain = rateOf({
        successes: tallies.reduce((sum, { successes }) => sum + successes, 0),
        trials: slices.flat().length,
      })
      expect(rate.value).toBe(plain.value)
      expect(rate.low).toBeLessThanOrEqual(plain.low)
      expect(rate.high).toBeGreaterThanOrEqual(plain.high)
    }),
    { seed: 1 },
  )
})

test('slices of arrays, of typed arrays and of counts give the same', () => {
  const source = random('same')
  const arrays = Array.from({ length: 20 }, () =>
    Array.from({ length: 40 }, () => source.integer(1, 30)),
  )
  const typed = arrays.map((slice) => Float64Array.from(slice))
  const counted = arrays.map((slice) => slice.map((value) => ({ value, count: 1 })))
  const mixed = arrays.map((slice, index) => (index % 2 === 0 ? slice : (counted[index] ?? [])))
  const expected = quantileOfSlices(arrays, 0.9, ms)
  for (const slices of [typed, counted, mixed]) {
    const { low, value, high, samples, method } = quantileOfSlices(slices, 0.9, ms)
    expect({ low, value, high, samples, method }).toEqual({
      low: expected.low,
      value: expected.value,
      high: expected.high,
      samples: 800,
      method: expected.method,
    })
  }
})

test('one burst of failures is not so many independent failures', () => {
  const tallies = Array.from({ length: 60 }, (_, second) => ({
    successes: second === 30 ? 80 : 100,
    trials: 100,
  }))
  const burst = rateOfSlices(tallies)
  const independent = rateOf({ successes: 5_980, trials: 6_000 })
  expect(independent.low).toBeGreaterThan(0.994)
  expect(burst.low).toBeLessThan(0.99)
  expect(burst.high).toBeGreaterThan(0.9995)
  expect(burst.method).toMatch(/^block bootstrap of 60 slices in blocks of 8, 1 in \d+\.\d samples/)
  const needed = burst.samplesToDecide(0.99) as number
  expect(needed).toBeGreaterThan(6_000)
})

test('one burst of timeouts does not make a P99 infinite for certain', () => {
  const slices = Array.from({ length: 60 }, (_, second) =>
    Array.from({ length: 100 }, (_, request) => (second === 30 ? Infinity : request)),
  )
  expect(quantileOf(slices.flat(), 0.99, ms)).toMatchObject({ value: Infinity, low: Infinity })
  const estimate = quantileOfSlices(slices, 0.99, ms)
  expect(estimate).toMatchObject({ value: Infinity, high: Infinity })
  expect(estimate.low).toBeLessThan(100)
  expect(estimate.doubts).toMatchObject([{ kind: 'few-samples' }])
})

test('where all succeed the samples count as independent', () => {
  const tallies = Array.from({ length: 60 }, () => ({ successes: 50, trials: 50 }))
  expect(rateOfSlices(tallies).low).toBe(rateOf({ successes: 3_000, trials: 3_000 }).low)
})

test('fewer than 8 slices with samples have no bounds and say so', () => {
  const slices = [[], ...Array.from({ length: 7 }, () => [1, 2, 3, 4, 5]), []]
  const estimate = quantileOfSlices(slices, 0.5, ms)
  expect(estimate).toMatchObject({ value: 3, low: -Infinity, high: Infinity, samples: 35 })
  expect(estimate.doubts).toEqual([
    {
      kind: 'few-samples',
      message: '7 slices of time do not show how correlated samples are: 8 do',
    },
  ])
  expect(estimate.samplesToDecide(100)).toBe(40)
  expect(estimate.samplesToDecide(3)).toBeGreaterThan(0)
  const tallies = slices.map(({ length }) => ({ successes: length, trials: length }))
  expect(rateOfSlices(tallies)).toMatchObject({ value: 1, low: 0, high: 1 })
  expect(rateOfSlices(tallies).samplesToDecide(1)).toBeUndefined()
})

test('degenerate input', () => {
  for (const slices of [[], [[], [], []]]) {
    const nothing = quantileOfSlices(slices, 0.5, ms)
    expect(nothing).toMatchObject({ value: Number.NaN, low: -Infinity, high: Infinity, samples: 0 })
    expect(nothing.samplesToDecide(1)).toBeUndefined()
  }
  expect(rateOfSlices([])).toMatchObject({ value: Number.NaN, low: 0, high: 1, samples: 0 })
  expect(quantileOfSlices([[1, 2, 3]], 0.5, ms)).toMatchObject({ value: 2, high: Infinity })
  expect(rateOfSlices([{ successes: 1, trials: 2 }])).toMatchObject({ value: 0.5, low: 0, high: 1 })
  const equal = Array.from({ length: 10 }, () => [7, 7, 7, 7])
  expect(quantileOfSlices(equal, 0.5, ms)).toMatchObject({ value: 7, low: 7, high: 7 })
  expect(() => quantileOfSlices([[Number.NaN]], 0.5, ms)).toThrow(RangeError)
  expect(() => quantileOfSlices([[1]], 2, ms)).toThrow('found 2')
  expect(() => rateOfSlices([{ successes: 2, trials: 1 }])).toThrow('found 2 of 1')
})
