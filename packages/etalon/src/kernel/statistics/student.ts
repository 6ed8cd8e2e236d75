import { regularisedBeta, regularisedBetaInverse } from './beta.ts'

/**
 * The probability that Student's t with `freedom` degrees of freedom (> 0) is at most t; about
 * 1e-12. Source: DLMF 8.17 and Abramowitz & Stegun 26.7.1, by the incomplete beta function.
 */
export function studentCdf(t: number, freedom: number): number {
  const squared = t * t
  if (squared < freedom) {
    const half = regularisedBeta(squared / (freedom + squared), 0.5, freedom / 2) / 2
    return t < 0 ? 0.5 - half : 0.5 + half
  }
  const tail = regularisedBeta(1 / (1 + squared / freedom), freedom / 2, 0.5) / 2
  return t < 0 ? tail : 1 - tail
}

/**
 * The t below which Student's t with `freedom` degrees of freedom (> 0) falls with probability p,
 * 0 < p < 1; about 1e-12 relative. Throws RangeError outside. Source: as {@link studentCdf}, solved
 * on the side of the beta function whose argument is small and so keeps its digits.
 */
export function studentQuantile(p: number, freedom: number): number {
  if (!(p > 0 && p < 1)) {
    throw new RangeError(`studentQuantile: expected p between 0 and 1, found ${p}`)
  }
  if (p > 0.5) return -studentQuantile(1 - p, freedom)
  if (p === 0.5) return 0
  const near = regularisedBetaInverse(1 - 2 * p, 0.5, freedom / 2)
  if (near < 0.5) return -Math.sqrt((freedom * near) / (1 - near))
  const far = regularisedBetaInverse(2 * p, freedom / 2, 0.5)
  return -Math.sqrt((freedom * (1 - far)) / far)
}
