import { expect, test } from 'vitest'
import { binomialCdf, binomialExcludes, binomialSurvival } from './binomial.ts'
import { decidingSamples, firstWhole, samplesMax } from './bisection.ts'

// Generated with scipy: binom.cdf(k, n, p) and binom.sf(k - 1, n, p).
test.each([
  [0, 10, 0.3, 0.0282475249, 1],
  [3, 10, 0.3, 0.6496107184, 0.6172172136],
  [90, 100, 0.95, 0.028188294163416307, 0.9885275899325152],
  [985, 1000, 0.99, 0.0824123195160892, 0.9521294142420524],
  [999, 1000, 0.99, 0.9999568287525893, 0.00047924445357891947],
])('%d of %d at %d', (...row) => {
  const [successes, trials, p, atMost, atLeast] = row
  expect(Math.abs(binomialCdf(successes, trials, p) / atMost - 1)).toBeLessThan(1e-12)
  expect(Math.abs(binomialSurvival(successes, trials, p) / atLeast - 1)).toBeLessThan(1e-12)
})

test('counts beyond the trials', () => {
  expect(binomialCdf(-1, 10, 0.3)).toBe(0)
  expect(binomialCdf(10, 10, 0.3)).toBe(1)
  expect(binomialSurvival(0, 10, 0.3)).toBe(1)
  expect(binomialSurvival(11, 10, 0.3)).toBe(0)
})

test('2,995 successes exclude 99.9 % at 5 %, 2,994 do not', () => {
  expect(binomialExcludes({ successes: 2_995, trials: 2_995 }, 0.999, 0.05)).toBe(true)
  expect(binomialExcludes({ successes: 2_994, trials: 2_994 }, 0.999, 0.05)).toBe(false)
})

test('a search ends at the first number that holds, at none, or at its limit', () => {
  expect(firstWhole(0, 100, (whole) => whole >= 37)).toBe(37)
  expect(firstWhole(0, 100, () => false)).toBe(100)
  expect(decidingSamples(10, (samples) => samples >= 7)).toBe(10)
  expect(decidingSamples(10, (samples) => samples >= 12_345)).toBe(12_345)
  expect(decidingSamples(0, (samples) => samples >= 1)).toBe(1)
  expect(decidingSamples(10, (samples) => samples >= samplesMax)).toBe(samplesMax)
  expect(decidingSamples(10, () => false)).toBeUndefined()
})
