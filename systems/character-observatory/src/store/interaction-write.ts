import { statement } from 'service-kit'
import type { Emotions } from '../rule/emotion.ts'
import type { InteractionType } from '../rule/interaction-type.ts'
import type { RelationshipType } from '../rule/relationship.ts'

/** All that one interaction changes. */
export interface InteractionChange {
  readonly id: string
  readonly ecosystem_id: string
  readonly interaction_type: InteractionType
  readonly content: string
  readonly response: string
  readonly sentiment: number
  readonly metadata: Readonly<Record<string, unknown>>
  /** Memories that were called up for it. */
  readonly recalled: readonly string[]
  readonly idempotency_key: string | null
  readonly at: Date
  readonly initiator: ParticipantChange
  readonly target: ParticipantChange
  readonly relationship: RelationshipChange
  readonly conversation: readonly [string, string]
  readonly events: readonly { readonly type: string; readonly data: unknown }[]
}

export interface ParticipantChange {
  readonly id: string
  /** The version that all this was computed from. */
  readonly version: number
  readonly cost: number
  /** What is left. */
  readonly energy: number
  /** The moment until which the energy is counted. */
  readonly energy_updated_at: Date
  readonly emotions: Emotions
  /** What the character keeps in memory of it. */
  readonly memory: string
  readonly importance: number
}

export interface RelationshipChange {
  readonly a: string
  readonly b: string
  readonly type: RelationshipType
  readonly strength: number
  readonly trust: number
  readonly familiarity: number
  readonly strength_change: number
  readonly trust_change: number
  readonly familiarity_change: number
}

/**
 * Writes an interaction with all it changes in one statement, because each further statement is one
 * more time that others wait for the two characters. It locks both in the order of their ids, which
 * is what keeps two from waiting for each other, and writes only if both are still what it was
 * computed from and the user may still let them interact; whatever changes the relationship of two
 * characters changes their versions too.
 *
 * @returns nothing when something has changed meanwhile; then nothing is written
 */
export const writeInteraction = statement<{ id: string }, [change: string, user: string]>(
  'interaction-write',
  `with asked as (select $1::jsonb as change),
   part as (
     select given.* from asked,
       lateral (values (change -> 'initiator'), (change -> 'target')) as one (part),
       lateral jsonb_to_record(one.part) as given (
         id uuid, version bigint, energy integer, energy_updated_at timestamptz, emotions jsonb,
         memory text, importance numeric
       )
   ),
   unchanged as (
     select characters.id
     from part
     join characters on characters.id = part.id and characters.version = part.version
     join ecosystems on ecosystems.id = characters.ecosystem_id and ecosystems.is_active
     join ecosystem_members as members
       on members.ecosystem_id = ecosystems.id and members.user_id = $2
       and members.role in ('owner', 'editor')
     order by characters.id for update of characters
   ),
   given as (select change from asked where (select count(*) from unchanged) = 2),
   taking_part as (select given.change, part.* from given, part),
   spent as (
     update characters set
       energy = taking_part.energy,
       energy_updated_at = taking_part.energy_updated_at,
       emotions = taking_part.emotions,
       interaction_count = interaction_count + 1,
       last_interaction = (change ->> 'at')::timestamptz,
       version = characters.version + 1
     from taking_part where characters.id = taking_part.id
   ),
   related as (
     insert into character_relationships (
       ecosystem_id, character_a_id, character_b_id, relationship_type, strength, trust,
       familiarity, interaction_count, last_interaction, version
     )
     select (change ->> 'ecosystem_id')::uuid, pair.a, pair.b, pair.type, pair.strength, pair.trust,
       pair.familiarity, 1, (change ->> 'at')::timestamptz, 1
     from given, jsonb_to_record(change -> 'relationship') as pair (
       a uuid, b uuid, type text, strength numeric, trust numeric, familiarity numeric
     )
     on conflict (character_a_id, character_b_id) do update set
       relationship_type = excluded.relationship_type,
       strength = excluded.strength,
       trust = excluded.trust,
       familiarity = excluded.familiarity,
       interaction_count = character_relationships.interaction_count + 1,
       last_interaction = excluded.last_interaction,
       version = character_relationships.version + 1
   ),
   interaction as (
     insert into interactions (
       id, ecosystem_id, initiator_id, target_id, interaction_type, content, response, sentiment,
       initiator_cost, target_cost, strength_change, trust_change, familiarity_change, emotions,
       metadata, idempotency_key, created_at
     )
     select
       (change ->> 'id')::uuid, (change ->> 'ecosystem_id')::uuid,
       (change #>> '{initiator,id}')::uuid, (change #>> '{target,id}')::uuid,
       change ->> 'interaction_type', change ->> 'content', change ->> 'response',
       (change ->> 'sentiment')::numeric,
       (change #>> '{initiator,cost}')::integer, (change #>> '{target,cost}')::integer,
       (change #>> '{relationship,strength_change}')::numeric,
       (change #>> '{relationship,trust_change}')::numeric,
       (change #>> '{relationship,familiarity_change}')::numeric,
       jsonb_build_object(
         'initiator', change #> '{initiator,emotions}', 'target', change #> '{target,emotions}'
       ),
       change -> 'metadata', change ->> 'idempotency_key', (change ->> 'at')::timestamptz
     from given
   ),
   conversation as (
     insert into conversations (ecosystem_id, participants)
     select (change ->> 'ecosystem_id')::uuid,
       array[(change #>> '{conversation,0}')::uuid, (change #>> '{conversation,1}')::uuid]
     from given
     on conflict (ecosystem_id, participants) do update set participants = excluded.participants
     returning id
   ),
   said as (
     insert into messages (
       conversation_id, interaction_id, sender_type, sender_id, content, emotional_state, created_at
     )
     select conversation.id, (change ->> 'id')::uuid, 'character', line.sender, line.content,
       line.emotions, (change ->> 'at')::timestamptz + line.after
     from given, conversation, lateral (
       values
         (
           (change #>> '{initiator,id}')::uuid, change ->> 'content',
           change #> '{initiator,emotions}', interval '0'
         ),
         (
           (change #>> '{target,id}')::uuid, change ->> 'response',
           change #> '{target,emotions}', interval '1 microsecond'
         )
     ) as line (sender, content, emotions, after)
   ),
   called_up as (
     update character_memories set
       accessed_at = (change ->> 'at')::timestamptz, access_count = access_count + 1
     from given
     where id in (select value::uuid from jsonb_array_elements_text(change -> 'recalled') as value)
   ),
   remembered as (
     insert into character_memories (
       character_id, content, memory_type, importance, occurred_at, accessed_at
     )
     select id, memory, 'episodic', importance, (change ->> 'at')::timestamptz,
       (change ->> 'at')::timestamptz
     from taking_part
   ),
   told as (
     insert into events (ecosystem_id, type, data)
     select (change ->> 'ecosystem_id')::uuid, event ->> 'type', event -> 'data'
     from given, jsonb_array_elements(change -> 'events') with ordinality as told (event, place)
     order by place
   )
   select (change ->> 'id')::uuid as id from given`,
)
