import { statement } from 'service-kit'
import type { Emotions } from '../rule/emotion.ts'
import type { InteractionType } from '../rule/interaction-type.ts'
import type { Personality } from '../rule/personality.ts'
import type { RelationshipType } from '../rule/relationship.ts'

/** A character as an interaction needs it. */
export interface Participant {
  readonly id: string
  readonly ecosystem_id: string
  readonly name: string
  readonly personality_traits: Personality
  readonly energy: number
  readonly energy_updated_at: Date
  readonly is_active: boolean
  /** What the caller is in the ecosystem; null when he is no member. */
  readonly membership: 'owner' | 'editor' | 'viewer' | null
  readonly energy_regen: number
  /** Seconds. */
  readonly interaction_cooldown: number
}

const participant = `
  characters.id, characters.ecosystem_id, characters.name, personality_traits, energy,
  energy_updated_at, characters.is_active and ecosystems.is_active as is_active,
  members.role as membership,
  coalesce((settings ->> 'energy_regen')::float8, 1) as energy_regen,
  coalesce((settings ->> 'interaction_cooldown')::float8, 0) as interaction_cooldown`

const participants = `
  from characters
  join ecosystems on ecosystems.id = characters.ecosystem_id
  left join ecosystem_members as members
    on members.ecosystem_id = ecosystems.id and members.user_id = $2
  where characters.id = any ($1) and deleted_at is null`

/** Both characters, as the caller may see them. */
export const readParticipants = statement<Participant, [ids: readonly string[], user: string]>(
  'participants-read',
  `select ${participant} ${participants}`,
)

/** Both characters, in the order of their ids, which is what keeps two from waiting for each other. */
export const lockParticipants = statement<Participant, [ids: readonly string[], user: string]>(
  'participants-lock',
  `select ${participant} ${participants} order by characters.id for update of characters`,
)

/** What two characters are to each other, as it is stored. */
export interface StoredRelationship {
  readonly relationship_type: RelationshipType
  readonly strength: number
  readonly trust: number
  readonly familiarity: number
  readonly last_interaction: Date | null
}

/** The relationship of two characters, the smaller id first. */
export const readRelationship = statement<StoredRelationship, [a: string, b: string]>(
  'relationship-of-pair',
  `select relationship_type, strength, trust, familiarity, last_interaction
   from character_relationships where character_a_id = $1 and character_b_id = $2`,
)

/** An interaction as it is kept. */
export interface StoredInteraction {
  readonly id: string
  readonly initiator_id: string
  readonly target_id: string
  readonly interaction_type: InteractionType
  readonly content: string
  readonly response: string
  readonly sentiment: number
  readonly strength_change: number
  readonly trust_change: number
  readonly familiarity_change: number
  readonly emotions: { readonly initiator: Emotions; readonly target: Emotions }
  readonly metadata: Readonly<Record<string, unknown>>
  readonly created_at: Date
}

const columns = `
  id, initiator_id, target_id, interaction_type, content, response, sentiment, strength_change,
  trust_change, familiarity_change, emotions, metadata, created_at`

/** The interaction that a key stands for. */
export const findByKey = statement<StoredInteraction, [ecosystem: string, key: string]>(
  'interaction-by-key',
  `select ${columns} from interactions where ecosystem_id = $1 and idempotency_key = $2`,
)

/** Interactions of an ecosystem, the latest first; those before one where it is given. */
export const listInteractions = statement<
  StoredInteraction,
  [ecosystem: string, after: string | null, limit: number]
>(
  'interaction-list',
  `select ${columns} from interactions
   where ecosystem_id = $1 and (created_at, id) < (
     case when $2::uuid is null then 'infinity'
       else (select created_at from interactions where id = $2) end,
     coalesce($2, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
   )
   order by created_at desc, id desc limit $3`,
)

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
 * Writes an interaction with all it changes in one statement, because each further statement is
 * one more time that others wait for the two characters.
 */
export const writeInteraction = statement<never, [change: string]>(
  'interaction-write',
  `with given as (select $1::jsonb as change),
   taking_part as (
     select * from given, jsonb_to_recordset(
       jsonb_build_array(change -> 'initiator', change -> 'target')
     ) as part (
       id uuid, energy integer, energy_updated_at timestamptz, emotions jsonb, memory text,
       importance numeric
     )
   ),
   spent as (
     update characters set
       energy = taking_part.energy,
       energy_updated_at = taking_part.energy_updated_at,
       emotions = taking_part.emotions,
       interaction_count = interaction_count + 1,
       last_interaction = (change ->> 'at')::timestamptz,
       version = version + 1
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
   )
   insert into events (ecosystem_id, type, data)
   select (change ->> 'ecosystem_id')::uuid, event ->> 'type', event -> 'data'
   from given, jsonb_array_elements(change -> 'events') with ordinality as told (event, place)
   order by place`,
)
