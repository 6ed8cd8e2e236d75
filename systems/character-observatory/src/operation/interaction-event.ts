import type { Relationship } from '../rule/relationship.ts'
import type { InteractionChange } from '../store/interaction-write.ts'

/** What is told of an interaction, in this order. */
export function eventsOf(
  change: Omit<InteractionChange, 'events'>,
  before: Relationship,
): InteractionChange['events'] {
  const { initiator, target, relationship } = change
  return [
    {
      type: 'character_interaction',
      data: {
        interaction_id: change.id,
        interaction_type: change.interaction_type,
        initiator_id: initiator.id,
        target_id: target.id,
        content: change.content,
        response: change.response,
        sentiment: change.sentiment,
        emotions: { initiator: initiator.emotions, target: target.emotions },
      },
    },
    {
      type: 'relationship_change',
      data: { ...relationship, type_before: before.type, interaction_id: change.id },
    },
    {
      type: 'character_state_change',
      data: {
        characters: [initiator, target].map(({ id, energy, energy_updated_at, emotions }) => ({
          id,
          energy: energy / 1_000,
          energy_updated_at,
          emotions,
        })),
        interaction_id: change.id,
      },
    },
  ]
}
