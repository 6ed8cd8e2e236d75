import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { judgeEstimate } from '../judge.ts'
import { binomialCdf } from './binomial.ts'
import { rateOf } from './rate.ts'

// R. Newcombe, Statistics in Medicine 17 (1998), table I, method 5 (Clopper–Pearson), to more
// digits with scipy: binomtest(k, n).proportion_ci(confidence_level=0.95, method='exact').
test.each([
  [81, 263, 0.25273674558504267, 0.36762192260134746],
  [15, 148, 0.05784401008344801, 0.16165049034947895],
  [0, 20, 0, 0.16843347098308548],
  [1, 29, 0.0008726468835971072, 0.17764429548841465],
])('%d of %d at 95 %%', (successes, trials, low, high) => {
  const estimate = rateOf({ successes, trials }, { confidence: 0.95 })
  expect(estimate.value).toBe(successes / trials)
  expect(estimate.low).toBeCloseTo(low, 11)
  expect(estimate.high).toBeCloseTo(high, 11)
})

test('500 of 500 cannot show 99.9 %: it takes 2,995', () => {
  const few = rateOf({ successes: 500, trials: 500 })
  const target = { kind: 'at-least', bound: 0.999 } as const
  expect(judgeEstimate(few, target)).toEqual({
    verdict: 'inconclusive',
    reason: 'about 2,495 more samples would decide',
  })
  expect(few.samplesToDecide(0.999)).toBe(2_995)
  expect(judgeEstimate(rateOf({ successes: 2_994, trials: 2_994 }), target).verdict).toBe(
    'inconclusive',
  )
  expect(judgeEstimate(rateOf({ successes: 2_995, trials: 2_995 }), target).verdict).toBe('upheld')
})

test('an estimate says its confidence, unit, samples and method', () => {
  expect(rateOf({ successes: 499, trials: 500 })).toMatchObject({
    confidence: 0.9,
    unit: 'share',
    samples: 500,
    method: 'exact binomial (Clopper & Pearson 1934)',
    doubts: [],
  })
})

test('without trials everything is possible', () => {
  const nothing = rateOf({ successes: 0, trials: 0 })
  expect(nothing).toMatchObject({ value: Number.NaN, low: 0, high: 1, samples: 0 })
  expect(nothing.samplesToDecide(0.5)).toBeUndefined()
})

test('one trial', () => {
  expect(rateOf({ successes: 1, trials: 1 })).toMatchObject({ value: 1, high: 1 })
  expect(rateOf({ successes: 1, trials: 1 }).low).toBeCloseTo(0.05, 12)
  expect(rateOf({ successes: 0, trials: 1 }).high).toBeCloseTo(0.95, 12)
})

test.each([
  [-1, 10],
  [11, 10],
  [0.5, 10],
  [Number.NaN, 10],
  [0, Number.NaN],
  [0, Infinity],
])('%d of %d is no tally', (successes, trials) => {
  const compute = (): unknown => rateOf({ successes, trials })
  expect(compute).toThrow(RangeError)
  expect(compute).toThrow(`found ${successes} of ${trials}`)
})

test.each([0, 1, 90, Number.NaN])('%d is no confidence', (confidence) => {
  expect(() => rateOf({ successes: 1, trials: 2 }, { confidence })).toThrow(
    `confidence: expected a number between 0 and 1, found ${confidence}`,
  )
})

const tally = fc
  .integer({ min: 1, max: 5_000 })
  .chain((trials) => fc.record({ trials: fc.constant(trials), successes: fc.nat(trials) }))
const confidences = fc.double({ min: 0.5, max: 0.999, noNaN: true })

test('the interval holds the value, widens with confidence and rises with successes', () => {
  fc.assert(
    fc.property(tally, confidences, (tally, confidence) => {
      const narrow = rateOf(tally, { confidence })
      const wide = rateOf(tally, { confidence: (1 + confidence) / 2 })
      expect(narrow.low).toBeLessThanOrEqual(narrow.value)
      expect(narrow.high).toBeGreaterThanOrEqual(narrow.value)
      expect(wide.low).toBeLessThanOrEqual(narrow.low)
      expect(wide.high).toBeGreaterThanOrEqual(narrow.high)
      if (tally.successes === tally.trials) return
      const better = rateOf({ ...tally, successes: tally.successes + 1 }, { confidence })
      expect(better.low).toBeGreaterThan(narrow.low)
      expect(better.high).toBeGreaterThan(narrow.high)
    }),
    { seed: 1 },
  )
})

test('at the number of trials it names the interval has left the bound, before it had not', () => {
  const shares = fc.record({ failures: fc.nat(3), trials: fc.integer({ min: 20, max: 200 }) })
  fc.assert(
    fc.property(shares, fc.double({ min: 0.5, max: 0.999, noNaN: true }), (observed, bound) => {
      const share = 1 - observed.failures / observed.trials
      const estimate = rateOf({
        successes: observed.trials - observed.failures,
        trials: observed.trials,
      })
      const needed = estimate.samplesToDecide(bound)
      if (needed === undefined || needed > 1e6) return
      // At a multiple of the trials the share is the same whole number of successes.
      const enough = Math.ceil(needed / observed.trials) * observed.trials
      const tooFew = Math.floor((needed - 1) / observed.trials) * observed.trials
      expect(leaves(Math.round(enough * share), enough, bound)).toBe(true)
      if (tooFew > 0) expect(leaves(Math.round(tooFew * share), tooFew, bound)).toBe(false)
    }),
    { seed: 1 },
  )
})

test('a bound that no number of trials reaches', () => {
  expect(rateOf({ successes: 999, trials: 1_000 }).samplesToDecide(0.999)).toBeUndefined()
  expect(rateOf({ successes: 10, trials: 10 }).samplesToDecide(1)).toBeUndefined()
  expect(rateOf({ successes: 10, trials: 10 }).samplesToDecide(1.5)).toBe(10)
})

test('exact coverage never falls below the confidence, also for small numbers', () => {
  for (const trials of [1, 2, 3, 5, 10, 25, 60]) {
    const estimates = Array.from({ length: trials + 1 }, (_, successes) =>
      rateOf({ successes, trials }, { confidence: 0.95 }),
    )
    for (let percent = 1; percent < 100; percent += 2) {
      const p = percent / 100
      const inside = estimates.flatMap(({ low, high }, k) => (low <= p && p <= high ? [k] : []))
      const first = inside[0] as number
      const covered =
        binomialCdf(inside.at(-1) as number, trials, p) - binomialCdf(first - 1, trials, p)
      expect(covered).toBeGreaterThanOrEqual(0.95 - 1e-12)
    }
  }
})

function leaves(successes: number, trials: number, bound: number): boolean {
  const { low, high } = rateOf({ successes, trials })
  return low > bound || high < bound
}
