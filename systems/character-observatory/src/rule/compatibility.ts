import type { Personality } from './personality.ts'

/** How well two characters fit each other, each 0 to 1. */
export interface Compatibility {
  /** As open as each other. */
  readonly intellectual: number
  /** As conscientious as each other, and the more so the better. */
  readonly work: number
  /** As extraverted as each other. */
  readonly social: number
  /** Agreeable, both of them. */
  readonly harmony: number
  /** Not neurotic, both of them. */
  readonly stability: number
  /** The mean of the five. */
  readonly overall: number
}

/** How well two personalities fit (CHAR-REL-09); the same whichever is named first. */
export function compatibilityOf(one: Personality, other: Personality): Compatibility {
  const likeness = (trait: keyof Personality): number => 1 - Math.abs(one[trait] - other[trait])
  const mean = (trait: keyof Personality): number => (one[trait] + other[trait]) / 2
  const parts = {
    intellectual: likeness('openness'),
    work: (likeness('conscientiousness') + mean('conscientiousness')) / 2,
    social: likeness('extraversion'),
    harmony: mean('agreeableness'),
    stability: 1 - mean('neuroticism'),
  }
  const sum = Object.values(parts).reduce((total, part) => total + part, 0)
  const { intellectual, work, social, harmony, stability } = parts
  return {
    intellectual: rounded(intellectual),
    work: rounded(work),
    social: rounded(social),
    harmony: rounded(harmony),
    stability: rounded(stability),
    overall: rounded(sum / 5),
  }
}

function rounded(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
