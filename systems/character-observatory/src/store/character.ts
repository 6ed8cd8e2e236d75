import { statement } from 'service-kit'
import type { Emotions } from '../rule/emotion.ts'
import type { Personality } from '../rule/personality.ts'
import type { RelationshipType } from '../rule/relationship.ts'
import type { Membership } from '../schema/ecosystem.ts'

/** A character as it is stored. */
export interface StoredCharacter {
  readonly id: string
  readonly ecosystem_id: string
  readonly owner_id: string
  readonly name: string
  readonly description: string
  readonly personality_traits: Personality
  readonly energy: number
  readonly energy_updated_at: Date
  readonly rested_at: Date | null
  readonly autonomy_level: number
  readonly is_public: boolean
  readonly is_active: boolean
  readonly interaction_count: number
  readonly last_interaction: Date | null
  readonly current_context: string | null
  readonly emotions: Partial<Emotions>
  readonly avatar_url: string | null
  readonly version: number
  readonly created_at: Date
  /** The ecosystem's factor of recovery. */
  readonly energy_regen: number
}

const columns = `
  characters.id, characters.ecosystem_id, characters.owner_id, characters.name,
  characters.description, personality_traits, energy, energy_updated_at, rested_at, autonomy_level,
  is_public, characters.is_active, interaction_count, last_interaction, current_context, emotions,
  avatar_url, version, characters.created_at,
  coalesce((settings ->> 'energy_regen')::float8, 1) as energy_regen`

/** Makes a character unless its ecosystem is full; that is to be locked, or another fills it too. */
export const insertCharacter = statement<
  { id: string },
  [
    ecosystem: string,
    owner: string,
    name: string,
    description: string,
    traits: string,
    autonomy: number,
    isPublic: boolean,
    isActive: boolean,
    context: string | null,
    avatar: string | null,
    at: Date,
    max: number,
  ]
>(
  'character-insert',
  `insert into characters (
     ecosystem_id, owner_id, name, description, personality_traits, autonomy_level, is_public,
     is_active, current_context, avatar_url, energy_updated_at, created_at
   )
   select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11
   where (select count(*) from characters where ecosystem_id = $1 and deleted_at is null) < $12
   returning id`,
)

/** The character, and what a user is in its ecosystem. */
export const findCharacter = statement<
  StoredCharacter & { membership: Membership | null },
  [id: string, user: string]
>(
  'character-find',
  `select ${columns}, members.role as membership
   from characters
   join ecosystems on ecosystems.id = characters.ecosystem_id
   left join ecosystem_members as members
     on members.ecosystem_id = ecosystems.id and members.user_id = $2
   where characters.id = $1 and deleted_at is null`,
)

export const listCharacters = statement<
  StoredCharacter,
  [ecosystem: string, limit: number, offset: number]
>(
  'character-list',
  `select ${columns}
   from characters join ecosystems on ecosystems.id = characters.ecosystem_id
   where characters.ecosystem_id = $1 and deleted_at is null
   order by characters.created_at, characters.id limit $2 offset $3`,
)

export const countCharacters = statement<{ total: number }, [ecosystem: string]>(
  'character-count',
  'select count(*) as total from characters where ecosystem_id = $1 and deleted_at is null',
)

/** Changes what `change` holds; a field that is not in it stays. */
export const updateCharacter = statement<{ id: string }, [id: string, change: string]>(
  'character-update',
  `update characters set
     name = coalesce($2::jsonb ->> 'name', name),
     description = coalesce($2::jsonb ->> 'description', description),
     personality_traits = coalesce($2::jsonb -> 'personality_traits', personality_traits),
     autonomy_level = coalesce(($2::jsonb ->> 'autonomy_level')::numeric, autonomy_level),
     is_public = coalesce(($2::jsonb ->> 'is_public')::boolean, is_public),
     is_active = coalesce(($2::jsonb ->> 'is_active')::boolean, is_active),
     current_context = case when $2::jsonb ? 'current_context'
       then $2::jsonb ->> 'current_context' else current_context end,
     avatar_url = case when $2::jsonb ? 'avatar_url'
       then $2::jsonb ->> 'avatar_url' else avatar_url end,
     version = version + 1
   where id = $1 and deleted_at is null returning id`,
)

export const deleteCharacter = statement<{ id: string }, [id: string, at: Date]>(
  'character-delete',
  `update characters set deleted_at = $2, is_active = false, version = version + 1
   where id = $1 and deleted_at is null returning id`,
)

/** A relationship as it is stored. */
export interface RelationshipRow {
  readonly character_a_id: string
  readonly character_b_id: string
  readonly relationship_type: RelationshipType
  readonly strength: number
  readonly trust: number
  readonly familiarity: number
  readonly interaction_count: number
  readonly last_interaction: Date | null
  readonly version: number
}

const relationshipColumns = `
  character_a_id, character_b_id, relationship_type, strength, trust, familiarity,
  interaction_count, last_interaction, version`

/** Of two who are both there still. */
const isBetweenLiving = `not exists (
  select from characters
  where id in (character_a_id, character_b_id) and deleted_at is not null
)`

/** Relationships of a character, the strongest first; each half by an index of its own. */
export const relationshipsOf = statement<
  RelationshipRow,
  [character: string, limit: number, offset: number]
>(
  'relationships-of',
  `select * from (
     select ${relationshipColumns} from character_relationships where character_a_id = $1
     union all
     select ${relationshipColumns} from character_relationships where character_b_id = $1
   ) as both_halves
   where ${isBetweenLiving}
   order by abs(strength) desc, character_a_id, character_b_id limit $2 offset $3`,
)

/** Those who are related to a character, the deleted ones among them. */
export const relatedTo = statement<{ id: string }, [character: string]>(
  'related-to',
  `select character_b_id as id from character_relationships where character_a_id = $1
   union all
   select character_a_id from character_relationships where character_b_id = $1`,
)

export const relationshipsWithin = statement<
  RelationshipRow,
  [ecosystem: string, limit: number, offset: number]
>(
  'relationships-within',
  `select ${relationshipColumns} from character_relationships
   where ecosystem_id = $1 and ${isBetweenLiving}
   order by strength desc, id limit $2 offset $3`,
)

export const memoriesOf = statement<
  {
    id: string
    content: string
    memory_type: 'episodic' | 'semantic' | 'procedural' | 'reflection'
    importance: number
    occurred_at: Date
    access_count: number
  },
  [character: string, limit: number, offset: number]
>(
  'memories-of',
  `select id, content, memory_type, importance, occurred_at, access_count
   from character_memories where character_id = $1
   order by occurred_at desc, id limit $2 offset $3`,
)

export const messagesOf = statement<
  {
    id: string
    conversation_id: string
    interaction_id: string | null
    sender_type: 'user' | 'character'
    sender_id: string
    content: string
    emotional_state: Partial<Emotions>
    created_at: Date
  },
  [character: string, limit: number, offset: number]
>(
  'messages-of',
  `select id, conversation_id, interaction_id, sender_type, sender_id, content, emotional_state,
     created_at
   from messages where sender_id = $1 order by created_at desc, id limit $2 offset $3`,
)
