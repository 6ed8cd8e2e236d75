import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { quantileOf } from './quantile.ts'
import { quantileRatioOf, quantileRatioOfSlices } from './quantile-ratio.ts'

const firstTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1)

test('the logarithms of the two intervals are joined by the root of their squares', () => {
  const subject = firstTo(400).map((value) => 300 + value)
  const reference = firstTo(300)
  const ratio = quantileRatioOf(subject, reference, { p: 0.5 })
  const above = quantileOf(subject, 0.5, { unit: 'value' })
  const below = quantileOf(reference, 0.5, { unit: 'value' })
  const squares = Math.log(above.value / above.low) ** 2 + Math.log(below.high / below.value) ** 2
  expect(ratio.value).toBeCloseTo(500 / 150, 12)
  expect(Math.log(ratio.value / ratio.low)).toBeCloseTo(Math.sqrt(squares), 12)
  expect(ratio).toMatchObject({ unit: 'ratio', samples: 700, confidence: 0.9, doubts: [] })
})

test('observations may be counted', () => {
  const counted = [
    { value: 2, count: 50 },
    { value: 8, count: 50 },
  ]
  const listed = counted.flatMap(({ value, count }) => Array.from({ length: count }, () => value))
  const { value, low, high } = quantileRatioOf(listed, firstTo(100), { p: 0.5 })
  expect(quantileRatioOf(counted, firstTo(100), { p: 0.5 })).toMatchObject({ value, low, high })
})

test('a quantile without a bound leaves the ratio without one, and says so', () => {
  const few = quantileRatioOf(firstTo(20), firstTo(1_000), { p: 0.95 })
  expect(few.high).toBe(Infinity)
  expect(few.low).toBeGreaterThan(0)
  expect(few.doubts).toHaveLength(1)
  expect(quantileRatioOf(firstTo(1_000), firstTo(20), { p: 0.95 }).low).toBe(0)
})

test('a side without observations leaves everything open', () => {
  const nothing = quantileRatioOf([], firstTo(100), { p: 0.5 })
  expect(nothing).toMatchObject({ value: Number.NaN, low: 0, high: Infinity })
  expect(nothing.samplesToDecide(1)).toBeUndefined()
})

test('at the number of samples it names the interval has left the bound', () => {
  const spread = (count: number): number[] =>
    Array.from({ length: count }, (_, index) => 10 + ((index * 997) % count) / count)
  const estimate = quantileRatioOf(spread(40), spread(400), { p: 0.5 })
  expect(estimate.high).toBeGreaterThan(1.01)
  const inAll = estimate.samplesToDecide(1.01) as number
  const times = Math.ceil(inAll / 440)
  expect(times).toBeGreaterThan(1)
  const more = quantileRatioOf(spread(40 * times), spread(400 * times), { p: 0.5 })
  expect(more.high).toBeLessThan(1.01)
})

test('slices: a burst is worth less than as many independent samples, and 8 slices are needed', () => {
  const even = Array.from({ length: 16 }, () => firstTo(50))
  const bursts = even.map((slice, at) => slice.map((value) => (at % 8 < 2 ? 50 : 0) + value))
  const independent = quantileRatioOf(bursts.flat(), even.flat(), { p: 0.5 })
  const ratio = quantileRatioOfSlices(bursts, even, { p: 0.5, simultaneous: true })
  expect(ratio.value).toBe(independent.value)
  expect(ratio.low).toBeLessThan(independent.low)
  expect(ratio.high).toBeGreaterThan(independent.high)
  const few = quantileRatioOfSlices(bursts.slice(0, 7), even, { p: 0.5, simultaneous: true })
  expect(few).toMatchObject({ low: 0, high: Infinity })
  expect(few.doubts.at(-1)?.message).toContain('7 slices of time')
})

test('slices: bursts that both sides share cost nothing', () => {
  const bursts = Array.from({ length: 32 }, (_, at) =>
    firstTo(50).map((value) => (at % 16 < 4 ? 50 : 0) + value),
  )
  const apart = quantileRatioOfSlices(bursts, bursts, { p: 0.5, simultaneous: false })
  const together = quantileRatioOfSlices(bursts, bursts, { p: 0.5, simultaneous: true })
  const independent = quantileRatioOf(bursts.flat(), bursts.flat(), { p: 0.5 })
  expect(together.high).toBe(independent.high)
  expect(apart.high).toBeGreaterThan(together.high)
})

test('slices: bursts of one side leave the other its own worth', () => {
  const bursts = Array.from({ length: 32 }, (_, at) =>
    firstTo(400).map((value) => (at % 16 < 4 ? 400 : 0) + value),
  )
  const even = Array.from({ length: 32 }, () => firstTo(8).map((value) => 9_000 + value))
  const together = quantileRatioOfSlices(even, bursts, { p: 0.5, simultaneous: true })
  const apart = quantileRatioOfSlices(even, bursts, { p: 0.5, simultaneous: false })
  expect(together).toMatchObject({ low: apart.low, high: apart.high })
})

test('what is not finite or not above zero has no ratio', () => {
  for (const wrong of [0, -1, Infinity]) {
    expect(() => quantileRatioOf([wrong, 1], [1], { p: 0.5 })).toThrow(`found ${wrong}`)
    expect(() => quantileRatioOf([1], [wrong], { p: 0.5 })).toThrow(RangeError)
  }
})

const side = fc.array(fc.double({ min: 0.1, max: 1_000, noNaN: true }), {
  minLength: 1,
  maxLength: 200,
})

test('the interval holds the value, and turns around with the sides', () => {
  fc.assert(
    fc.property(side, side, fc.double({ min: 0.05, max: 0.95, noNaN: true }), (one, other, p) => {
      const forth = quantileRatioOf(one, other, { p })
      const back = quantileRatioOf(other, one, { p })
      expect(forth.low).toBeLessThanOrEqual(forth.value)
      expect(forth.high).toBeGreaterThanOrEqual(forth.value)
      if (forth.low > 0) expect(forth.low * back.high).toBeCloseTo(1, 9)
    }),
    { seed: 1 },
  )
})
