import type { Emotions } from '../rule/emotion.ts'
import type { InteractionChange } from '../store/interaction-write.ts'
import type { StoredInteraction } from '../store/interaction.ts'

/** What came of it, for the caller (CHAR-INT-07). */
export interface InteractionResult {
  readonly id: string
  readonly success: true
  readonly response: string
  readonly sentiment: number
  readonly relationship_change: {
    readonly strength: number
    readonly trust: number
    readonly familiarity: number
  }
  readonly emotional_state: { readonly initiator: Emotions; readonly target: Emotions }
  readonly reason: null
  readonly metadata: Readonly<Record<string, unknown>>
}

/** What its caller is told. */
export function resultOf(
  kept: Pick<
    StoredInteraction,
    | 'id'
    | 'response'
    | 'sentiment'
    | 'strength_change'
    | 'trust_change'
    | 'familiarity_change'
    | 'emotions'
    | 'metadata'
  >,
): InteractionResult {
  return {
    id: kept.id,
    success: true,
    response: kept.response,
    sentiment: kept.sentiment,
    relationship_change: {
      strength: kept.strength_change,
      trust: kept.trust_change,
      familiarity: kept.familiarity_change,
    },
    emotional_state: kept.emotions,
    reason: null,
    metadata: kept.metadata,
  }
}

/** A change as it will be read again. */
export function keptOf(change: InteractionChange): Parameters<typeof resultOf>[0] {
  const { id, response, sentiment, metadata, relationship, initiator, target } = change
  return {
    id,
    response,
    sentiment,
    metadata,
    strength_change: relationship.strength_change,
    trust_change: relationship.trust_change,
    familiarity_change: relationship.familiarity_change,
    emotions: { initiator: initiator.emotions, target: target.emotions },
  }
}
