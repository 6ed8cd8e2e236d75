import { statement } from 'service-kit'
import type { Membership } from '../schema/ecosystem.ts'

/** An ecosystem as one of its members sees it. */
export interface Ecosystem {
  readonly id: string
  readonly name: string
  readonly description: string
  readonly owner_id: string
  readonly settings: EcosystemSettings
  readonly is_active: boolean
  readonly membership: Membership
  readonly created_at: Date
}

export interface EcosystemSettings {
  readonly allow_autonomous: boolean
  readonly interaction_cooldown: number
  readonly energy_regen: number
}

const columns = `ecosystems.id, name, description, owner_id, settings, is_active, created_at`

/** Makes an ecosystem whose owner is its first member; settings that are not given are the usual. */
export const insertEcosystem = statement<
  Ecosystem,
  [name: string, description: string, owner: string, settings: string]
>(
  'ecosystem-insert',
  `with made as (
     insert into ecosystems (name, description, owner_id, settings)
     values (
       $1, $2, $3,
       '{"allow_autonomous": false, "interaction_cooldown": 0, "energy_regen": 1}'::jsonb || $4::jsonb
     )
     returning *
   ), member as (
     insert into ecosystem_members (ecosystem_id, user_id, role) select id, $3, 'owner' from made
   )
   select id, name, description, owner_id, settings, is_active, created_at, 'owner' as membership
   from made`,
)

/** The ecosystem, and what a user is in it; none where it is not there. */
export const findEcosystem = statement<
  Omit<Ecosystem, 'membership'> & { membership: Membership | null },
  [id: string, user: string]
>(
  'ecosystem-find',
  `select ${columns}, members.role as membership
   from ecosystems
   left join ecosystem_members as members on members.ecosystem_id = id and user_id = $2
   where ecosystems.id = $1`,
)

export const listEcosystems = statement<Ecosystem, [user: string, limit: number, offset: number]>(
  'ecosystem-list',
  `select ${columns}, members.role as membership
   from ecosystem_members as members
   join ecosystems on ecosystems.id = members.ecosystem_id
   where user_id = $1 order by created_at desc, ecosystems.id limit $2 offset $3`,
)

export const countEcosystems = statement<{ total: number }, [user: string]>(
  'ecosystem-count',
  'select count(*) as total from ecosystem_members where user_id = $1',
)

/**
 * Has others wait who want to count, too, what lives in an ecosystem, or to change it; who only
 * reads does not.
 */
export const lockEcosystem = statement<{ energy_regen: number }, [id: string]>(
  'ecosystem-lock',
  `select coalesce((settings ->> 'energy_regen')::float8, 1) as energy_regen
   from ecosystems where id = $1 for no key update`,
)

/** Changes what is given; what is null stays. */
export const updateEcosystem = statement<
  { id: string },
  [
    id: string,
    name: string | null,
    description: string | null,
    settings: string,
    isActive: boolean | null,
  ]
>(
  'ecosystem-update',
  `update ecosystems set
     name = coalesce($2, name),
     description = coalesce($3, description),
     settings = settings || $4::jsonb,
     is_active = coalesce($5, is_active)
   where id = $1 returning id`,
)

export const deleteEcosystem = statement<{ id: string }, [id: string]>(
  'ecosystem-delete',
  'delete from ecosystems where id = $1 returning id',
)

export const setMember = statement<never, [ecosystem: string, user: string, role: Membership]>(
  'ecosystem-member-set',
  `insert into ecosystem_members (ecosystem_id, user_id, role) values ($1, $2, $3)
   on conflict (ecosystem_id, user_id) do update set role = excluded.role`,
)

export const removeMember = statement<{ user_id: string }, [ecosystem: string, user: string]>(
  'ecosystem-member-remove',
  `delete from ecosystem_members where ecosystem_id = $1 and user_id = $2 returning user_id`,
)

/** The figures of an ecosystem as they last were summed up. */
export interface EcosystemSummary {
  readonly character_count: number
  readonly relationship_count: number
  readonly interaction_count: number
  readonly average_energy: number | null
  readonly last_interaction: Date | null
  readonly refreshed_at: Date
}

export const readSummary = statement<EcosystemSummary, [id: string]>(
  'ecosystem-summary',
  `select character_count, relationship_count, interaction_count, average_energy,
     last_interaction, refreshed_at
   from ecosystem_activity_summary where ecosystem_id = $1`,
)
