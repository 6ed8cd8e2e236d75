/** The ways in which two characters can meet. */
export const interactionTypes = [
  'greeting',
  'chat',
  'discussion',
  'debate',
  'collaboration',
  'emotional_support',
  'conflict',
] as const

export type InteractionType = (typeof interactionTypes)[number]

/** What an interaction costs, and how fast it changes a relationship. */
export interface InteractionRates {
  /** Thousandths of energy that the initiator pays. */
  readonly cost: number
  readonly strength: number
  readonly familiarity: number
  readonly trust: number
}

/** CHAR-ENG-03, CHAR-REL-03 to -06. */
export const ratesOf: Readonly<Record<InteractionType, InteractionRates>> = {
  greeting: { cost: 50, strength: 0.02, familiarity: 0.02, trust: 0.01 },
  chat: { cost: 100, strength: 0.05, familiarity: 0.05, trust: 0.02 },
  discussion: { cost: 150, strength: 0.08, familiarity: 0.08, trust: 0.03 },
  debate: { cost: 200, strength: 0.06, familiarity: 0.06, trust: 0.02 },
  collaboration: { cost: 150, strength: 0.1, familiarity: 0.1, trust: 0.05 },
  emotional_support: { cost: 200, strength: 0.12, familiarity: 0.08, trust: 0.04 },
  conflict: { cost: 250, strength: 0.15, familiarity: 0.04, trust: 0.05 },
}
