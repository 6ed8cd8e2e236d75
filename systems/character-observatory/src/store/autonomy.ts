import { statement } from 'service-kit'
import type { Personality } from '../rule/personality.ts'

/** Whether characters of an ecosystem may act by themselves. */
export interface Autonomy {
  readonly id: string
  readonly owner_id: string
  readonly is_allowed: boolean
  readonly is_paused: boolean
}

const columns = `
  id, owner_id, is_active and coalesce((settings ->> 'allow_autonomous')::boolean, false)
    as is_allowed,
  is_paused`

export const readAutonomy = statement<Autonomy, [ecosystem: string]>(
  'autonomy-read',
  `select ${columns} from ecosystems where id = $1`,
)

/** The ecosystems in which characters act by themselves now. */
export const autonomousEcosystems = statement<Autonomy, []>(
  'autonomy-ecosystems',
  `select ${columns} from ecosystems
   where is_active and not is_paused and (settings ->> 'allow_autonomous')::boolean
   order by id`,
)

export const setPaused = statement<never, [ecosystem: string, isPaused: boolean]>(
  'autonomy-set-paused',
  'update ecosystems set is_paused = $2 where id = $1',
)

/** Somebody who may act, as it is stored. */
export interface StoredCandidate {
  readonly id: string
  readonly name: string
  readonly personality_traits: Personality
  readonly autonomy_level: number
  readonly energy: number
  readonly energy_updated_at: Date
  readonly energy_regen: number
}

export const readCandidates = statement<StoredCandidate, [ecosystem: string]>(
  'autonomy-candidates',
  `select characters.id, characters.name, personality_traits, autonomy_level, energy,
     energy_updated_at, coalesce((settings ->> 'energy_regen')::float8, 1) as energy_regen
   from characters join ecosystems on ecosystems.id = ecosystem_id
   where ecosystem_id = $1 and characters.is_active and deleted_at is null
   order by characters.id`,
)

/** When a character last met whom. */
export const readMeetings = statement<{ other: string; last: Date }, [character: string]>(
  'autonomy-meetings',
  `select character_b_id as other, last_interaction as last from character_relationships
   where character_a_id = $1 and last_interaction is not null
   union all
   select character_a_id, last_interaction from character_relationships
   where character_b_id = $1 and last_interaction is not null`,
)
