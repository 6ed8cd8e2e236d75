/** The five traits of a character, each between 0 and 1. */
export const traits = [
  'openness',
  'conscientiousness',
  'extraversion',
  'agreeableness',
  'neuroticism',
] as const

export type Trait = (typeof traits)[number]

export type Personality = Readonly<Record<Trait, number>>
