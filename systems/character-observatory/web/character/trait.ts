import type { Personality, Trait } from '../../src/rule/personality.ts'

/** Above this a trait marks somebody. */
const markedAbove = 0.7

/** A trait as an adjective. */
export const traitWords: Readonly<Record<Trait, string>> = {
  openness: 'Open',
  conscientiousness: 'Conscientious',
  extraversion: 'Extraverted',
  agreeableness: 'Agreeable',
  neuroticism: 'Worried',
}

/** The five traits in their usual order. */
export const traits = Object.keys(traitWords) as readonly Trait[]

/** The trait that marks a character most; none where all are moderate. */
export function dominantTrait(personality: Personality): Trait | undefined {
  const [first] = traits.toSorted((one, other) => personality[other] - personality[one])
  return first !== undefined && personality[first] > markedAbove ? first : undefined
}
