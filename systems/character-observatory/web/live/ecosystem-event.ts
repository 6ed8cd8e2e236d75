import type { Emotions } from '../../src/rule/emotion.ts'
import type { InteractionType } from '../../src/rule/interaction-type.ts'
import type { RelationshipType } from '../../src/rule/relationship.ts'
import type { Reconnection } from 'page-kit'

type SomeEmotions = Readonly<Partial<Emotions>>

/** What an event of a kind says. */
interface EventData {
  readonly character_interaction: {
    readonly interaction_id: string
    readonly interaction_type: InteractionType
    readonly initiator_id: string
    readonly target_id: string
    readonly content: string
    readonly response: string
    readonly sentiment: number
    readonly emotions: { readonly initiator: SomeEmotions; readonly target: SomeEmotions }
  }
  readonly relationship_change: {
    readonly interaction_id: string
    readonly a: string
    readonly b: string
    readonly type: RelationshipType
    readonly type_before: RelationshipType
    readonly strength: number
    readonly trust: number
    readonly familiarity: number
    readonly strength_change: number
  }
  readonly character_state_change: { readonly characters: readonly CharacterState[] }
  readonly energy_recovered: { readonly characters: readonly CharacterState[] }
  readonly character_created: { readonly id: string; readonly name: string }
  readonly character_deleted: { readonly id: string; readonly name: string }
}

/** What has changed of a character; `changed` names what has to be read. */
interface CharacterState {
  readonly id: string
  readonly energy?: number
  readonly emotions?: SomeEmotions
  readonly changed?: readonly string[]
}

/** An event of an ecosystem as the service tells it. */
export type EcosystemEvent = {
  [Type in keyof EventData]: {
    readonly id: string
    readonly seq: number
    readonly type: Type
    readonly timestamp: string
    readonly data: EventData[Type]
  }
}[keyof EventData]

/** What the service says over a socket. */
export type ServerMessage =
  | {
      readonly type: 'connection'
      readonly seq: number
      readonly reconnection: Reconnection
    }
  | { readonly type: 'initial_state' | 'pong' | 'resync_required' }
  | { readonly type: 'ecosystem_event'; readonly event: EcosystemEvent }
