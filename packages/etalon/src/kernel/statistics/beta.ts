import { logGamma, stirlingError } from './gamma.ts'

const tiny = 1e-300
const stepsMax = 1_000_000

/**
 * The regularised incomplete beta function I_x(a, b), 0 ≤ x ≤ 1, a and b > 0: the probability that
 * a beta variable with parameters a, b is at most x. About 1e-12 relative for a, b up to 1e7, also
 * in the lower tail. Throws RangeError outside its domain.
 *
 * Source: continued fraction DLMF 8.17.22 in the form of A. DiDonato and A. Morris, ACM TOMS 18
 * (1992), evaluated by Lentz's method as modified by Thompson and Barnett (Press et al., Numerical
 * Recipes, 3rd ed., 5.2 and 6.4).
 */
export function regularisedBeta(x: number, a: number, b: number): number {
  if (!(x >= 0 && x <= 1)) {
    throw new RangeError(`regularisedBeta: expected x between 0 and 1, found ${x}`)
  }
  if (!(a > 0 && b > 0)) {
    throw new RangeError(`regularisedBeta: expected a and b above 0, found ${a} and ${b}`)
  }
  if (x === 0 || x === 1) return x
  const weight = betaWeight(x, a, b)
  if (x < (a + 1) / (a + b + 2)) return weight * betaFraction(x, 1 - x, a, b)
  return 1 - weight * betaFraction(1 - x, x, b, a)
}

/**
 * The x at which I_x(a, b) = p, 0 ≤ p ≤ 1, to about 1e-12 relative. Throws RangeError outside its
 * domain. Newton's method on ln I over ln x, where the curve is close to straight in the lower
 * tail, kept inside a bracket that halves whenever a step would leave it.
 */
export function regularisedBetaInverse(p: number, a: number, b: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new RangeError(`regularisedBetaInverse: expected p between 0 and 1, found ${p}`)
  }
  if (p === 0 || p === 1) return p
  let low = 0
  let high = 1
  let x = firstGuess(p, a, b)
  for (let step = 0; step < 200; step += 1) {
    const reached = regularisedBeta(x, a, b)
    if (reached === p) return x
    if (reached < p) low = x
    else high = x
    // The slope of I over ln x is x·I'(x) = betaWeight / (1 − x).
    const slope = betaWeight(x, a, b) / (1 - x)
    const move = p < 0.5 ? Math.log(p / reached) * (reached / slope) : (p - reached) / slope
    const stepped = x * Math.exp(move)
    const next = stepped > low && stepped < high ? stepped : (low + high) / 2
    if (Math.abs(next - x) <= 2 * Number.EPSILON * x) return next
    x = next
  }
  return x
}

/** Exact in the limit of a small p, where I_x(a, b) ≈ x^a / (a·B(a, b)); else the mean. */
function firstGuess(p: number, a: number, b: number): number {
  const logBeta = logGamma(a) + logGamma(b) - logGamma(a + b)
  const power = Math.exp((Math.log(p) + Math.log(a) + logBeta) / a)
  return power > 0 && power < a / (a + b) ? power : a / (a + b)
}

/** x^a (1−x)^b / B(a, b) in Loader's saddle-point form, which keeps its digits for large a, b. */
function betaWeight(x: number, a: number, b: number): number {
  const n = a + b
  const exponent =
    stirlingError(n) -
    stirlingError(a) -
    stirlingError(b) -
    deviance(a, n * x) -
    deviance(b, n * (1 - x))
  return Math.exp(exponent) * Math.sqrt((a * b) / (2 * Math.PI * n))
}

/** x ln(x/m) + m − x, by a series where x is near m and the terms would cancel. */
function deviance(x: number, m: number): number {
  if (Math.abs(x - m) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x
  const ratio = (x - m) / (x + m)
  let sum = (x - m) * ratio
  let term = 2 * x * ratio
  for (let odd = 3; ; odd += 2) {
    term *= ratio * ratio
    const next = sum + term / odd
    if (next === sum) return sum
    sum = next
  }
}

/**
 * The even part of DLMF 8.17.22 at x = 1 − y, without its leading weight: it takes half the steps,
 * and a·y − b·x keeps the digits that the plain form loses to cancellation where one parameter is
 * far larger than the other. Converges in about √max(a, b) steps.
 */
function betaFraction(x: number, y: number, a: number, b: number): number {
  let fraction = awayFromZero((a * (a * y - b * x + 1)) / (a + 1))
  let c = fraction
  let d = 0
  for (let m = 1; m <= stepsMax; m += 1) {
    const span = a + 2 * m
    const even = (m * (b - m) * x) / (span - 1)
    const numerator = (even * x * (a + m - 1) * (a + b + m - 1)) / (span - 1)
    const denominator = m + even + ((a + m) * (a * y - b * x + 1 + m * (1 + y))) / (span + 1)
    d = 1 / awayFromZero(denominator + numerator * d)
    c = awayFromZero(denominator + numerator / c)
    fraction *= c * d
    if (Math.abs(c * d - 1) <= Number.EPSILON) return 1 / fraction
  }
  throw new RangeError(`regularisedBeta: no convergence at x ${x}, a ${a}, b ${b}`)
}

function awayFromZero(value: number): number {
  return Math.abs(value) < tiny ? tiny : value
}
