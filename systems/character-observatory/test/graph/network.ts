import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import type { Pool } from 'pg'
import type { Edge, Neighbour, Network, Node, Path } from '../../src/graph/graph.ts'
import { relationshipTypes } from '../../src/rule/relationship.ts'

/** A small network as it is put into the database, with some who are deleted. */
export interface Seed {
  readonly characters: readonly (Node & { readonly deleted: boolean })[]
  readonly edges: readonly Edge[]
}

const names = ['Ada', 'ada', 'Zoë', 'éclair', 'Ω', '𝒜da', 'ｚed', 'Ada Lovelace']

const share = fc.integer({ min: 0, max: 100_000_000 }).map((parts) => parts / 1e8)
/** Tenths make many ways that are equally close. */
const strength = fc.oneof(
  fc.integer({ min: -10, max: 10 }).map((tenths) => tenths / 10),
  share.map((part) => Math.round((2 * part - 1) * 1e8) / 1e8),
)

const edgeParts = fc.record({
  strength,
  trust: share,
  familiarity: share,
  type: fc.constantFrom(...relationshipTypes),
  count: fc.nat(1_000),
  last: fc.option(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true })),
})

/** Networks of two to eight, from those with few edges to the full ones. */
export const seeds: fc.Arbitrary<Seed> = fc
  .uniqueArray(fc.uuid(), { minLength: 2, maxLength: 8, size: 'max' })
  .chain((ids) => {
    const pairs = ids.flatMap((one) =>
      ids.filter((other) => one < other).map((other) => ({ a: one, b: other })),
    )
    return fc.record({
      characters: fc.tuple(
        ...ids.map((id) =>
          fc.record({
            id: fc.constant(id),
            name: fc.constantFrom(...names),
            deleted: fc.integer({ min: 0, max: 9 }).map((drawn) => drawn === 0),
          }),
        ),
      ),
      edges: fc
        .subarray(pairs, { minLength: Math.floor(pairs.length / 3) })
        .chain((chosen) =>
          fc.tuple(...chosen.map((pair) => edgeParts.map((parts) => ({ ...pair, ...parts })))),
        ),
    })
  })

/** Each knows the next one. */
export function chain(length: number): Seed {
  const start = randomUUID().slice(0, 24)
  const characters = Array.from({ length }, (_, at) => ({
    id: start + at.toString(16).padStart(12, '0'),
    name: `Character ${at}`,
    deleted: false,
  }))
  const facts = { trust: 0.5, familiarity: 0.1, type: 'neutral', count: 1, last: null } as const
  return {
    characters,
    edges: characters.slice(1).map(({ id }, at) => ({
      a: characters[at]?.id ?? '',
      b: id,
      strength: 0.25,
      ...facts,
    })),
  }
}

/** Makes an ecosystem with this in it. @returns its id */
export async function seedNetwork(pool: Pool, { characters, edges }: Seed): Promise<string> {
  const { rows } = await pool.query<{ owner_id: string; id: string }>(
    `with owner as (
       insert into users (email, username, password_hash)
       values (gen_random_uuid() || '@observatory.example', gen_random_uuid()::text, 'none')
       returning id
     )
     insert into ecosystems (name, owner_id) select 'Tested', id from owner
     returning id, owner_id`,
  )
  const { id: ecosystem = '', owner_id } = rows[0] ?? {}
  await pool.query(
    `insert into characters
       (id, name, ecosystem_id, owner_id, description, personality_traits, deleted_at)
     select id, name, $1, $2, 'Is tested.', jsonb_build_object(
       'openness', 0.5, 'conscientiousness', 0.5, 'extraversion', 0.5, 'agreeableness', 0.5,
       'neuroticism', 0.5), case when deleted then now() end
     from jsonb_to_recordset($3) as given (id uuid, name text, deleted boolean)`,
    [ecosystem, owner_id, JSON.stringify(characters)],
  )
  await pool.query(
    `insert into character_relationships (
       ecosystem_id, character_a_id, character_b_id, strength, trust, familiarity,
       relationship_type, interaction_count, last_interaction
     )
     select $1, a, b, strength, trust, familiarity, type, count, last
     from jsonb_to_recordset($2) as given (
       a uuid, b uuid, strength numeric, trust numeric, familiarity numeric, type text,
       count integer, last timestamptz
     )`,
    [ecosystem, JSON.stringify(edges)],
  )
  return ecosystem
}

const inOrder = (one: string, other: string): number =>
  Buffer.compare(Buffer.from(one), Buffer.from(other))

/** The network as it is to be told: who is deleted is not in it. */
export function networkOf({ characters, edges }: Seed): Network {
  const nodes = characters
    .filter(({ deleted }) => !deleted)
    .map(({ id, name }) => ({ id, name }))
    .sort((one, other) => inOrder(one.id, other.id))
  const there = new Set(nodes.map(({ id }) => id))
  return {
    nodes,
    edges: edges
      .filter(({ a, b }) => there.has(a) && there.has(b))
      .sort((one, other) => inOrder(one.a + one.b, other.a + other.b)),
  }
}

/** Every way without a turn back, of at most so many steps. */
function* waysFrom(
  { edges }: Network,
  ids: readonly string[],
  steps: number,
  cost = 0,
): Generator<Path> {
  yield { ids: [...ids], cost }
  if (steps === 0) return
  for (const { a, b, strength: binds } of edges) {
    const here = ids.at(-1)
    const next = a === here ? b : b === here ? a : undefined
    if (next === undefined || ids.includes(next)) continue
    yield* waysFrom({ nodes: [], edges }, [...ids, next], steps - 1, cost + unitsOf(1 - binds))
  }
}

const unitsOf = (cost: number): number => Math.round(cost * 1e8)

/** The way that all ways together show to be the right one. */
export function closestWay(
  network: Network,
  from: string,
  to: string,
  steps: number,
): Path | undefined {
  const [first] = [...waysFrom(network, [from], steps)]
    .filter(({ ids }) => ids.at(-1) === to)
    .sort(
      (one, other) =>
        one.ids.length - other.ids.length ||
        one.cost - other.cost ||
        inOrder(one.ids.join(), other.ids.join()),
    )
  return first && { ids: first.ids, cost: first.cost / 1e8 }
}

/** Everybody whom some way reaches. */
export function reachedFrom(network: Network, id: string, depth: number): Neighbour[] {
  const distances = new Map<string, number>()
  for (const { ids } of waysFrom(network, [id], depth)) {
    const end = ids.at(-1) ?? id
    const distance = Math.min(ids.length - 1, distances.get(end) ?? Infinity)
    distances.set(end, distance)
  }
  return network.nodes
    .filter((node) => node.id !== id && distances.has(node.id))
    .map((node) => ({ ...node, distance: distances.get(node.id) ?? 0 }))
    .sort(
      (one, other) =>
        one.distance - other.distance || inOrder(one.name, other.name) || inOrder(one.id, other.id),
    )
}
