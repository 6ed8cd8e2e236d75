import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { regularisedBeta, regularisedBetaInverse } from './beta.ts'
import { logGamma, stirlingError } from './gamma.ts'

// Generated with mpmath at 50 digits: betainc(a, b, 0, x, regularized=True), for large parameters
// by the series DLMF 8.17.8 or the sum of the binomial terms.
const betas = [
  [0.5, 0.5, 0.25, 0.3333333333333333],
  [2, 3, 0.1, 0.0523],
  [0.5, 20, 0.001, 0.1575838139836385],
  [300, 2.5, 0.98, 0.0327653220214404],
  [2995, 1, 0.999, 0.04996170339735625],
  [1e5, 1e5, 0.498, 0.036818738827976025],
  [1e7, 0.5, 0.9999997, 0.014305872361511415],
  [1e7, 10, 0.9999980513191724, 0.0067178217089741464],
  [10, 1e7, 1.3162262758654342e-6, 0.8446415765394639],
  [5e6, 5e6, 0.4995, 0.0007826992164198151],
] as const

test.each(betas)('I(a %d, b %d) at %d', (a, b, x, expected) => {
  expect(relativeError(regularisedBeta(x, a, b), expected)).toBeLessThan(2e-12)
})

// Generated with mpmath: findroot(lambda x: betainc(a, b, 0, x, regularized=True) - p, …).
const inverses = [
  [0.05, 2995, 1, 0.9990002555790988],
  [0.975, 1, 20, 0.1684334709830855],
  [0.025, 81, 183, 0.25273674558527115],
  [0.975, 82, 182, 0.36762192260135135],
  [0.01, 0.5, 0.5, 0.0002467198171342215],
  [1e-9, 0.5, 3, 2.844444444444445e-19],
] as const

test.each(inverses)('inverse of I at %d (a %d, b %d)', (p, a, b, expected) => {
  expect(relativeError(regularisedBetaInverse(p, a, b), expected)).toBeLessThan(1e-12)
})

const parameter = fc.double({ min: 0.5, max: 1e7, noNaN: true })
const share = fc.double({ min: 1e-6, max: 0.999999, noNaN: true })

test('the inverse is the inverse, from a, b of 0.5 to 10 million', () => {
  fc.assert(
    fc.property(parameter, parameter, share, (a, b, p) => {
      const x = regularisedBetaInverse(p, a, b)
      // Where x is next to 1 its last digit moves the probability by more than the method errs.
      const lastDigit =
        regularisedBeta(Math.min(1, x * (1 + 1e-15)), a, b) - regularisedBeta(x, a, b)
      expect(Math.abs(regularisedBeta(x, a, b) - p)).toBeLessThanOrEqual(p * 1e-11 + lastDigit)
    }),
    { seed: 1 },
  )
})

test('the upper tail is the lower tail of the complement', () => {
  fc.assert(
    fc.property(parameter, parameter, fc.integer({ min: 1, max: 1023 }), (a, b, part) => {
      const x = part / 1024
      expect(regularisedBeta(x, a, b) + regularisedBeta(1 - x, b, a)).toBeCloseTo(1, 12)
    }),
    { seed: 1 },
  )
})

test('the ends of the domain', () => {
  expect(regularisedBeta(0, 2, 3)).toBe(0)
  expect(regularisedBeta(1, 2, 3)).toBe(1)
  expect(regularisedBetaInverse(0, 2, 3)).toBe(0)
  expect(regularisedBetaInverse(1, 2, 3)).toBe(1)
})

test.each([
  [() => regularisedBeta(1.5, 1, 1), 'expected x between 0 and 1, found 1.5'],
  [() => regularisedBeta(Number.NaN, 1, 1), 'expected x between 0 and 1, found NaN'],
  [() => regularisedBeta(0.5, 0, 1), 'expected a and b above 0, found 0 and 1'],
  [() => regularisedBetaInverse(-0.1, 1, 1), 'expected p between 0 and 1, found -0.1'],
])('outside its domain it says what was expected and found', (compute, message) => {
  expect(compute).toThrow(RangeError)
  expect(compute).toThrow(message)
})

// Generated with mpmath: loggamma(z).
test.each([
  [0.5, 0.5723649429247001],
  [1.5, -0.12078223763524522],
  [7.25, 7.0521854507385395],
  [15.9, 27.625493215168692],
  [100.5, 361.4355404677776],
  [1e7, 151180949.3694739],
])('ln Γ(%d)', (z, expected) => {
  expect(relativeError(logGamma(z), expected)).toBeLessThan(1e-14)
})

// Generated with mpmath: loggamma(z + 1) - (z + 0.5) * log(z) + z - log(2 * pi) / 2.
test.each([
  [0.5, 0.15342640972002736],
  [3, 0.02767792568499834],
  [15.99, 0.0052109118929237214],
  [16, 0.0052076559196096404],
  [1000, 8.333333055555635e-5],
  [1e7, 8.33333333333333e-9],
])('the rest of Stirling’s formula at %d', (z, expected) => {
  expect(Math.abs(stirlingError(z) - expected)).toBeLessThan(2e-15)
})

function relativeError(found: number, expected: number): number {
  return Math.abs(found / expected - 1)
}
