import { randomUUID } from 'node:crypto'
import { emotionsAfter } from '../rule/emotion.ts'
import { costsOf, countedUntilMs, energyAt, type StoredEnergy } from '../rule/energy.ts'
import type { InteractionType } from '../rule/interaction-type.ts'
import { afterInteraction, strangers, type Relationship } from '../rule/relationship.ts'
import { sentimentOf } from '../rule/sentiment.ts'
import type {
  InteractionChange,
  ParticipantChange,
  RelationshipChange,
} from '../store/interaction-write.ts'
import type { Participant, StoredRelationship } from '../store/participant.ts'
import { eventsOf } from './interaction-event.ts'

/** What somebody asks for. */
export interface InteractionRequest {
  readonly initiatorId: string
  readonly targetId: string
  readonly type: InteractionType
  readonly content: string
  /** Decides the answer where it comes from templates; drawn when it is not given. */
  readonly seed?: string | undefined
  readonly idempotencyKey?: string | undefined
}

/** Who interacts. */
export interface Pair {
  readonly initiator: Participant
  readonly target: Participant
}

/** What was answered, and how that came about. */
export interface Said {
  readonly response: string
  readonly metadata: Readonly<Record<string, unknown>>
  /** Memories that were called up for it; none unless given. */
  readonly recalled?: readonly string[]
}

/** What an interaction is computed from. */
export interface Ground {
  readonly pair: Pair
  readonly known: StoredRelationship | undefined
  readonly request: InteractionRequest
  readonly said: Said
  readonly at: Date
}

/** All that an interaction changes; no I/O, so that it can be computed while both are locked. */
export function changeOf({ pair, known, request, said, at }: Ground): InteractionChange {
  const { initiator, target } = pair
  const { response, metadata, recalled = [] } = said
  const { type, content } = request
  const sentiment = sentimentOf(type, content, response)
  const costs = costsOf(type)
  const before = relationshipOf(known)
  const after = afterInteraction(before, type, sentiment)
  const importance = importanceOf(before, after, sentiment)
  const taking = (character: Participant, other: Participant, cost: number): ParticipantChange => {
    const stored = energyOf(character)
    return {
      id: character.id,
      version: character.version,
      cost,
      energy: energyAt(stored, at.getTime()) - cost,
      energy_updated_at: new Date(countedUntilMs(stored, at.getTime())),
      emotions: emotionsAfter(type, sentiment, character.personality_traits),
      memory: memoryOf(type, sentiment, other.name, content),
      importance,
    }
  }
  const change: Omit<InteractionChange, 'events'> = {
    id: randomUUID(),
    ecosystem_id: initiator.ecosystem_id,
    interaction_type: type,
    content,
    response,
    sentiment,
    metadata,
    recalled,
    idempotency_key: request.idempotencyKey ?? null,
    at,
    initiator: taking(initiator, target, costs.initiator),
    target: taking(target, initiator, costs.target),
    relationship: relationshipChange(initiator.id, target.id, before, after),
    conversation: initiator.id < target.id ? [initiator.id, target.id] : [target.id, initiator.id],
  }
  return { ...change, events: eventsOf(change, before) }
}

/** The energy of a character as the rules take it. */
export function energyOf(character: Participant): StoredEnergy {
  return {
    energy: character.energy,
    updatedAtMs: character.energy_updated_at.getTime(),
    extraversion: character.personality_traits.extraversion,
    regeneration: character.energy_regen,
  }
}

/** The relationship as the rules take it; of two who never met there is none. */
export function relationshipOf(known: StoredRelationship | undefined): Relationship {
  if (known === undefined) return strangers
  const { relationship_type: type, strength, trust, familiarity } = known
  return { type, strength, trust, familiarity }
}

function relationshipChange(
  one: string,
  other: string,
  before: Relationship,
  after: Relationship,
): RelationshipChange {
  const [a, b] = one < other ? [one, other] : [other, one]
  return {
    a,
    b,
    ...after,
    strength_change: difference(after.strength, before.strength),
    trust_change: difference(after.trust, before.trust),
    familiarity_change: difference(after.familiarity, before.familiarity),
  }
}

/** Eight decimals, as the database keeps them. */
function difference(after: number, before: number): number {
  return Math.round((after - before) * 1e8) / 1e8
}

/** What moves somebody is remembered longest: strong words, and a relationship that turns. */
function importanceOf(before: Relationship, after: Relationship, sentiment: number): number {
  const turn = before.type === after.type ? 0 : 0.3
  return Math.round(Math.min(1, 0.2 + 0.5 * Math.abs(sentiment) + turn) * 1_000) / 1_000
}

function memoryOf(
  type: InteractionType,
  sentiment: number,
  other: string,
  content: string,
): string {
  const how = sentiment > 0.2 ? 'gladly' : sentiment < -0.2 ? 'with anger' : 'calmly'
  return `${type.replace('_', ' ')} with ${other}, ${how}: ${content}`
}
