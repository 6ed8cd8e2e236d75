import { statement } from 'service-kit'
import type { Edge, Neighbour, Node } from '../graph/graph.ts'

/** Relationships in both directions, between those who are there. */
const knows = `
  select character_a_id as one, character_b_id as other, strength from character_relationships
  union all
  select character_b_id, character_a_id, strength from character_relationships`

/**
 * Everybody within some steps. Each round of the recursion goes one step on from those that the
 * round before reached; `union` drops who was reached in the same number of steps already.
 */
export const neighboursOf = statement<Neighbour, [id: string, depth: number, limit: number]>(
  'graph-neighbours',
  `with recursive knows as not materialized (${knows}),
   reached (id, distance) as (
     select $1::uuid, 0
     union
     select knows.other, distance + 1
     from reached
     join knows on knows.one = reached.id
     join characters on characters.id = knows.other and deleted_at is null
     where distance < $2
   )
   select characters.id, name, min(distance) as distance
   from reached join characters using (id)
   where characters.id <> $1
   group by characters.id
   order by distance, name collate "C", characters.id limit $3`,
)

/**
 * The way with the fewest steps, and of those the closest. First how many steps each is away, then
 * layer by layer the closest way to each, which needs only the closest ways to the layer before.
 */
export const pathBetween = statement<
  { ids: string[]; cost: number },
  [ecosystem: string, from: string, to: string, steps: number]
>(
  'graph-path',
  `with recursive knows as materialized (
     select one, other, strength from (
       select character_a_id as one, character_b_id as other, strength, ecosystem_id
       from character_relationships
       union all
       select character_b_id, character_a_id, strength, ecosystem_id from character_relationships
     ) as both_ways
     join characters as there on there.id = other and there.deleted_at is null
     where both_ways.ecosystem_id = $1
   ),
   reached (id, steps) as (
     select $2::uuid, 0
     union
     select knows.other, steps + 1
     from reached join knows on knows.one = reached.id
     where steps < $4 and reached.id <> $3
   ),
   nearest as (select id, min(steps) as steps from reached group by id),
   ways (id, ids, cost) as (
     select $2::uuid, array[$2::uuid], 0::numeric
     union all
     select best.id, best.ids, best.cost from (
       select distinct on (knows.other) knows.other as id, ways.ids || knows.other as ids,
         ways.cost + 1 - knows.strength as cost
       from ways
       join nearest as here on here.id = ways.id
       join knows on knows.one = ways.id
       join nearest as there on there.id = knows.other and there.steps = here.steps + 1
       where ways.id <> $3
       order by knows.other, ways.cost + 1 - knows.strength, ways.ids
     ) as best
   )
   select ids, cost from ways where id = $3 order by cardinality(ids), cost, ids limit 1`,
)

export const nodesOf = statement<Node, [ecosystem: string]>(
  'graph-nodes',
  `select id, name from characters where ecosystem_id = $1 and deleted_at is null order by id`,
)

/** An edge with the moment in milliseconds since 1970: reading thousands of dates takes long. */
type EdgeRow = Omit<Edge, 'last'> & { readonly last: number | null }

export const edgesOf = statement<EdgeRow, [ecosystem: string]>(
  'graph-edges',
  `select character_a_id as a, character_b_id as b, strength, trust, familiarity,
     relationship_type as type, character_relationships.interaction_count as count,
     (1000 * extract(epoch from character_relationships.last_interaction))::float8 as last
   from character_relationships
   join characters as one on one.id = character_a_id and one.deleted_at is null
   join characters as other on other.id = character_b_id and other.deleted_at is null
   where character_relationships.ecosystem_id = $1
   order by character_a_id, character_b_id`,
)

export const inhabitedEcosystems = statement<{ id: string }, []>(
  'graph-ecosystems',
  'select distinct ecosystem_id as id from characters where deleted_at is null',
)

/** What a check compares the graph with: read apart from what answers questions. */
export const storedEcosystems = statement<{ id: string }, []>(
  'graph-stored-ecosystems',
  `select id from ecosystems
   where exists (select from characters where ecosystem_id = ecosystems.id and deleted_at is null)
   order by id`,
)

export const storedNodes = statement<Node, [ecosystem: string]>(
  'graph-stored-nodes',
  'select id, name from characters where ecosystem_id = $1 and deleted_at is null',
)

export const storedRelationships = statement<Edge, [ecosystem: string]>(
  'graph-stored-relationships',
  `select character_a_id as a, character_b_id as b, strength, trust, familiarity,
     relationship_type as type, interaction_count as count, last_interaction as last
   from character_relationships
   where ecosystem_id = $1 and not exists (
     select from characters
     where id in (character_a_id, character_b_id) and deleted_at is not null
   )`,
)
