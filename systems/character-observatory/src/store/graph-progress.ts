import { statement } from 'service-kit'
import type { Edge } from '../graph/graph.ts'

/** A character as it is put into the graph, or taken out of it. */
export interface ProjectedCharacter {
  readonly id: string
  readonly name: string
  readonly is_deleted: boolean
}

/** A relationship as it is put into the graph. */
export interface ProjectedEdge extends Edge {
  readonly a_name: string
  readonly b_name: string
  readonly version: number
}

/** An ecosystem whose graph is behind its events. */
export interface Behind {
  readonly id: string
  readonly last_seq: number
  /** How far the graph has followed; null: it is to be loaded anew. */
  readonly seq: number | null
}

export const ecosystemsBehind = statement<Behind, [limit: number]>(
  'graph-progress-behind',
  `select id, last_seq, seq
   from ecosystems left join graph_progress on ecosystem_id = id
   where seq is null or seq < last_seq order by id limit $1`,
)

/** Those that the graph has and that are not there any more. */
export const ecosystemsGone = statement<{ ecosystem_id: string }, []>(
  'graph-progress-gone',
  `select ecosystem_id from graph_progress
   where not exists (select from ecosystems where id = ecosystem_id)`,
)

/** Has to be kept before anything of an ecosystem is put into the graph. */
export const beginProgress = statement<never, [ecosystem: string]>(
  'graph-progress-begin',
  'insert into graph_progress (ecosystem_id) values ($1) on conflict do nothing',
)

/** Unless it was told to begin anew in the meantime. */
export const keepProgress = statement<
  never,
  [ecosystem: string, before: number | null, seq: number]
>(
  'graph-progress-keep',
  'update graph_progress set seq = $3 where ecosystem_id = $1 and seq is not distinct from $2',
)

export const forgetProgress = statement<never, [ecosystem: string]>(
  'graph-progress-forget',
  'delete from graph_progress where ecosystem_id = $1',
)

/** Every ecosystem is to be loaded anew. */
export const resetProgress = statement<never, []>(
  'graph-progress-reset',
  'update graph_progress set seq = null',
)

/** Events that the graph has not followed yet. */
export const lagOf = statement<{ events: number }, []>(
  'graph-progress-lag',
  `select coalesce(sum(last_seq - coalesce(seq, 0)), 0)
     + (select count(*) from events where seq is null) as events
   from ecosystems left join graph_progress on ecosystem_id = id`,
)

const told = `told as (
  select type, data from events where ecosystem_id = $1 and seq > $2 and seq <= $3
)`

type Window = [ecosystem: string, after: number, upTo: number]

/** Characters that came, went or changed, as they are now. */
export const charactersTold = statement<ProjectedCharacter, Window>(
  'graph-characters-told',
  `with ${told},
   touched as (
     select (data ->> 'id')::uuid as id from told
     where type in ('character_created', 'character_deleted')
     union
     select (one ->> 'id')::uuid
     from told, jsonb_array_elements(data -> 'characters') as one
     where type = 'character_state_change' and one ? 'changed'
   )
   select id, name, deleted_at is not null as is_deleted from touched join characters using (id)`,
)

const edges = `
  select character_a_id as a, character_b_id as b, one.name as a_name, other.name as b_name,
    strength, trust, familiarity, relationship_type as type,
    character_relationships.interaction_count as count,
    character_relationships.last_interaction as last, character_relationships.version
  from character_relationships
  join characters as one on one.id = character_a_id and one.deleted_at is null
  join characters as other on other.id = character_b_id and other.deleted_at is null`

/** Relationships that changed, as they are now. */
export const edgesTold = statement<ProjectedEdge, Window>(
  'graph-edges-told',
  `with ${told},
   touched as (
     select distinct (data ->> 'a')::uuid as a, (data ->> 'b')::uuid as b
     from told where type = 'relationship_change'
   )
   ${edges}
   join touched on touched.a = character_a_id and touched.b = character_b_id`,
)

export const allCharacters = statement<ProjectedCharacter, [ecosystem: string]>(
  'graph-characters-all',
  `select id, name, false as is_deleted from characters
   where ecosystem_id = $1 and deleted_at is null`,
)

export const allEdges = statement<ProjectedEdge, [ecosystem: string]>(
  'graph-edges-all',
  `${edges} where character_relationships.ecosystem_id = $1`,
)

export const ecosystemsThere = statement<{ id: string }, []>(
  'graph-ecosystems-there',
  'select id from ecosystems order by id',
)

/** One of those that are still to be loaded; none when all are. */
export const ecosystemsToLoad = statement<{ id: string }, []>(
  'graph-ecosystems-to-load',
  `select id from ecosystems left join graph_progress on ecosystem_id = id
   where seq is null limit 1`,
)
