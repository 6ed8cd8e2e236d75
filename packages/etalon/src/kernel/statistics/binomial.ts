import { regularisedBeta } from './beta.ts'

/**
 * The probability of at most `successes` in `trials` independent trials that each succeed with
 * probability p. Both counts may be fractions: the incomplete beta function joins the whole ones
 * smoothly, which {@link binomialExcludes} uses to look ahead. DLMF 8.17.5.
 */
export function binomialCdf(successes: number, trials: number, p: number): number {
  if (successes < 0) return 0
  if (successes >= trials) return 1
  return regularisedBeta(1 - p, trials - successes, successes + 1)
}

/** The probability of `successes` or more: see {@link binomialCdf}. */
export function binomialSurvival(successes: number, trials: number, p: number): number {
  if (successes <= 0) return 1
  if (successes > trials) return 0
  return regularisedBeta(p, successes, trials - successes + 1)
}

/**
 * Whether so many successes would be a surprise were p the true probability: as many or more, or as
 * few or fewer, come with at most the probability `tail`. The same as p lying outside the interval
 * of Clopper & Pearson that leaves `tail` on each side.
 */
export function binomialExcludes(
  observed: { readonly successes: number; readonly trials: number },
  p: number,
  tail: number,
): boolean {
  const { successes, trials } = observed
  return binomialSurvival(successes, trials, p) <= tail || binomialCdf(successes, trials, p) <= tail
}
