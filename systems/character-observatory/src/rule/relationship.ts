import { ratesOf, type InteractionType } from './interaction-type.ts'

/** How a relationship is called. */
export const relationshipTypes = [
  'close_friend',
  'friend',
  'acquaintance',
  'neutral',
  'rival',
  'enemy',
] as const

export type RelationshipType = (typeof relationshipTypes)[number]

/** What two characters are to each other. */
export interface Relationship {
  /** -1 to 1. */
  readonly strength: number
  /** 0 to 1. */
  readonly trust: number
  /** 0 to 1. */
  readonly familiarity: number
  readonly type: RelationshipType
}

/** Two who have never met (CHAR-REL-02). */
export const strangers: Relationship = {
  strength: 0,
  trust: 0.5,
  familiarity: 0,
  type: 'neutral',
}

/** A type is left only when its bound is passed by this much, so that it does not flicker. */
const hysteresis = 0.05

/** What is kept of the figures: eight decimals, as the database keeps them. */
const precision = 1e8

/** The relationship after one more interaction with this sentiment, -1 to 1. */
export function afterInteraction(
  before: Relationship,
  type: InteractionType,
  sentiment: number,
): Relationship {
  const strength = bounded(before.strength + strengthChange(before, type, sentiment), -1, 1)
  const trust = bounded(before.trust + trustChange(before, type, sentiment), 0, 1)
  const familiarity = bounded(before.familiarity + familiarityChange(before, type), 0, 1)
  return { strength, trust, familiarity, type: typeOf({ strength, trust }, before.type) }
}

/** CHAR-REL-03: beyond one half the way left in the same direction slows the change. */
function strengthChange(
  { strength }: Relationship,
  type: InteractionType,
  sentiment: number,
): number {
  const change = ratesOf[type].strength * sentiment
  const isOnward = Math.sign(change) === Math.sign(strength)
  return Math.abs(strength) > 0.5 && isOnward ? change * (1 - Math.abs(strength)) : change
}

/** CHAR-REL-05 and -06: a hostile conflict never raises trust. */
function trustChange({ trust }: Relationship, type: InteractionType, sentiment: number): number {
  const rate = type === 'conflict' && sentiment > 0 ? 0.01 : ratesOf[type].trust
  const change = rate * sentiment
  if (change < 0) return change * 1.5
  return trust < 0.3 ? change / 2 : change
}

/** CHAR-REL-04: always more, and more slowly the better they know each other. */
function familiarityChange({ familiarity }: Relationship, type: InteractionType): number {
  const { familiarity: rate } = ratesOf[type]
  if (familiarity > 0.7) return rate * 0.3
  return familiarity > 0.5 ? rate * 0.6 : rate
}

/**
 * CHAR-REL-07. A type that is further from neutral is reached at its bound, and left again only when
 * the bound is missed by the hysteresis.
 */
export function typeOf(
  { strength, trust }: Pick<Relationship, 'strength' | 'trust'>,
  before: RelationshipType,
): RelationshipType {
  const reached = named(strength, trust)
  const isFurther = Math.abs(rankOf[reached]) >= Math.abs(rankOf[before])
  return !isFurther && isStill(before, strength, trust) ? before : reached
}

/** How far each type is from neutral, and on which side. */
const rankOf: Readonly<Record<RelationshipType, number>> = {
  close_friend: 3,
  friend: 2,
  acquaintance: 1,
  neutral: 0,
  rival: -1,
  enemy: -2,
}

function named(strength: number, trust: number): RelationshipType {
  if (strength > 0.7 && trust > 0.7) return 'close_friend'
  if (strength > 0.5 && trust > 0.5) return 'friend'
  if (strength > 0.3) return 'acquaintance'
  if (strength < -0.7) return 'enemy'
  return strength < -0.3 ? 'rival' : 'neutral'
}

/** Whether the bounds of a type hold once they are wider by the hysteresis. */
function isStill(type: RelationshipType, strength: number, trust: number): boolean {
  const above = (bound: number): boolean => strength > bound - hysteresis
  const below = (bound: number): boolean => strength < bound + hysteresis
  const trusts = (bound: number): boolean => trust > bound - hysteresis
  const holds: Readonly<Record<RelationshipType, boolean>> = {
    close_friend: above(0.7) && trusts(0.7),
    friend: above(0.5) && trusts(0.5),
    acquaintance: above(0.3),
    neutral: true,
    rival: below(-0.3),
    enemy: below(-0.7),
  }
  return holds[type]
}

function bounded(value: number, min: number, max: number): number {
  return Math.min(max, Math.max(min, Math.round(value * precision) / precision))
}
