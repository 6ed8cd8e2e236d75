import { statement } from 'service-kit'
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
  readonly is_deleted: boolean
  /** Grows with every change of the character. */
  readonly version: number
  /** What the caller is in the ecosystem; null when he is no member. */
  readonly membership: 'owner' | 'editor' | 'viewer' | null
  readonly energy_regen: number
  /** Seconds. */
  readonly interaction_cooldown: number
}

const participant = `
  characters.id, characters.ecosystem_id, characters.name, personality_traits, energy,
  energy_updated_at, characters.is_active and ecosystems.is_active as is_active,
  deleted_at is not null as is_deleted, characters.version, members.role as membership,
  coalesce((settings ->> 'energy_regen')::float8, 1) as energy_regen,
  coalesce((settings ->> 'interaction_cooldown')::float8, 0) as interaction_cooldown`

const participants = `
  from characters
  join ecosystems on ecosystems.id = characters.ecosystem_id
  left join ecosystem_members as members
    on members.ecosystem_id = ecosystems.id and members.user_id = $2
  where characters.id = any ($1)`

/**
 * Both characters, as the caller may see them; those too who were deleted, because what they did
 * once can be asked for again.
 */
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
