import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeEstimate } from '../judge.ts'
import { rateDifferenceOf } from './rate-difference.ts'
import type { Tally } from './rate.ts'

// R. Newcombe, Statistics in Medicine 17 (1998), table II, method 6 (Miettinen–Nurminen), whose
// four digits these round to.
test.each([
  [56, 70, 48, 80, 0.0528, 0.3382],
  [9, 10, 3, 10, 0.17, 0.8406],
  [5, 56, 0, 29, -0.0326, 0.1933],
  [0, 10, 0, 20, -0.1658, 0.2844],
  [10, 10, 0, 20, 0.7156, 1],
])('%d of %d against %d of %d at 95 %%', (...row) => {
  const [subject, trials, reference, referenceTrials, low, high] = row
  const estimate = rateDifferenceOf(
    { successes: subject, trials },
    { successes: reference, trials: referenceTrials },
    { confidence: 0.95 },
  )
  expect(estimate.value).toBeCloseTo(subject / trials - reference / referenceTrials, 12)
  expect(estimate.low).toBeCloseTo(low, 4)
  expect(estimate.high).toBeCloseTo(high, 4)
  expect(estimate).toMatchObject({ unit: 'share', samples: trials + referenceTrials })
})

test('no failure in 5 % of the traffic bounds the difference only by its few trials', () => {
  const few = rateDifferenceOf({ successes: 0, trials: 50 }, { successes: 0, trials: 950 })
  const target = { kind: 'at-most', bound: 0.01 } as const
  expect(judgeEstimate(few, target).verdict).toBe('inconclusive')
  const inAll = few.samplesToDecide(0.01) as number
  const enough = Math.ceil(inAll / 20)
  const many = rateDifferenceOf(
    { successes: 0, trials: enough },
    { successes: 0, trials: 19 * enough },
  )
  expect(judgeEstimate(many, target).verdict).toBe('upheld')
})

test('a side without trials leaves everything open', () => {
  const nothing = rateDifferenceOf({ successes: 0, trials: 0 }, { successes: 1, trials: 9 })
  expect(nothing).toMatchObject({ value: Number.NaN, low: -1, high: 1 })
  expect(nothing.samplesToDecide(0.1)).toBeUndefined()
})

test('what fails always against what never does', () => {
  const all = { successes: 400, trials: 400 }
  const none = { successes: 0, trials: 400 }
  expect(rateDifferenceOf(all, none)).toMatchObject({ value: 1, high: 1 })
  expect(rateDifferenceOf(none, all)).toMatchObject({ value: -1, low: -1 })
  expect(rateDifferenceOf(all, none).low).toBeGreaterThan(0.98)
})

test.each([
  [-1, 10],
  [11, 10],
  [0.5, 10],
])('%d of %d is no tally', (successes, trials) => {
  const right = { successes: 1, trials: 2 }
  expect(() => rateDifferenceOf({ successes, trials }, right)).toThrow(RangeError)
  expect(() => rateDifferenceOf(right, { successes, trials })).toThrow(RangeError)
})

const tally = fc
  .integer({ min: 1, max: 3_000 })
  .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.nat(trials) }))

test('the interval holds the value and turns around with the sides', () => {
  fc.assert(
    fc.property(tally, tally, (subject: Tally, reference: Tally) => {
      const forth = rateDifferenceOf(subject, reference)
      const back = rateDifferenceOf(reference, subject)
      expect(forth.low).toBeLessThanOrEqual(forth.value + 1e-9)
      expect(forth.high).toBeGreaterThanOrEqual(forth.value - 1e-9)
      expect(forth.low).toBeCloseTo(-back.high, 6)
      expect(forth.high).toBeCloseTo(-back.low, 6)
    }),
    { seed: 1 },
  )
})
