import { randomUUID } from 'node:crypto'
import type { Sql } from 'etalon'

/** An ecosystem in which much has happened. */
export interface CrowdedEcosystem {
  readonly ecosystem: string
  /** Ids of its characters. */
  readonly characters: readonly string[]
}

/** How much is in it. */
export interface Crowding {
  readonly characters: number
  /** Pairs that know each other and have talked; each character knows its next neighbours. */
  readonly relationships: number
  /** Each has two messages, two memories and three events, an hour's worth evenly spread. */
  readonly interactions: number
}

/**
 * Puts an ecosystem of a user into the database, as if it had been used for an hour: all at once,
 * because the API would take as long as that.
 */
export async function crowdEcosystem(
  sql: Sql,
  owner: string,
  { characters, relationships, interactions }: Crowding,
): Promise<CrowdedEcosystem> {
  const ecosystem = await sql.value<string>(
    `with made as (
       insert into ecosystems (name, owner_id) values ('A crowded place', $1) returning id
     ), member as (
       insert into ecosystem_members (ecosystem_id, user_id, role)
       select id, $1, 'owner' from made
     ) select id from made`,
    [owner],
  )
  const rows = await sql.rows<{ id: string }>(
    `insert into characters (ecosystem_id, owner_id, name, description, personality_traits)
     select $1, $2, 'Character ' || n, 'Lives here.', jsonb_build_object(
       'openness', n % 10 / 10.0, 'conscientiousness', n % 9 / 10.0, 'extraversion', n % 8 / 10.0,
       'agreeableness', n % 7 / 10.0, 'neuroticism', n % 6 / 10.0
     )
     from generate_series(1, $3::integer) n returning id`,
    [ecosystem, owner, characters],
  )
  const ids = rows.map(({ id }) => id)
  const pairs = pairsOf(ids, relationships)
  await acquaint(sql, ecosystem, pairs)
  await remember(sql, ecosystem, pairs, interactions)
  await sql.run('analyze')
  return { ecosystem, characters: ids }
}

interface Pair {
  readonly a: string
  readonly b: string
  readonly conversation: string
}

/** Character n knows n + 1, then n + 2, and so on. */
function pairsOf(ids: readonly string[], count: number): Pair[] {
  return Array.from({ length: count }, (_, index) => {
    const place = index % ids.length
    const other = (place + 1 + Math.floor(index / ids.length)) % ids.length
    const [a, b] = [ids[place] as string, ids[other] as string].sort() as [string, string]
    return { a, b, conversation: randomUUID() }
  })
}

async function acquaint(sql: Sql, ecosystem: string, pairs: readonly Pair[]): Promise<void> {
  const values = [ecosystem, pairs.map(({ a }) => a), pairs.map(({ b }) => b)]
  await sql.run(
    `insert into character_relationships (
       ecosystem_id, character_a_id, character_b_id, strength, trust, familiarity,
       interaction_count, last_interaction, version
     )
     select $1, a, b, n % 199 / 100.0 - 0.99, n % 100 / 100.0, n % 50 / 50.0, 1 + n % 20,
       now() - n * interval '1 second', 1
     from unnest($2::uuid[], $3::uuid[]) with ordinality as pair (a, b, n)`,
    values,
  )
  await sql.run(
    `insert into conversations (id, ecosystem_id, participants)
     select id, $1, array[a, b] from unnest($2::uuid[], $3::uuid[], $4::uuid[]) as pair (a, b, id)`,
    [...values, pairs.map(({ conversation }) => conversation)],
  )
}

/** Interactions of those who know each other, with what is kept of each. */
async function remember(
  sql: Sql,
  ecosystem: string,
  pairs: readonly Pair[],
  interactions: number,
): Promise<void> {
  const places = Array.from({ length: interactions }, (_, index) => index % pairs.length)
  const those = places.map((place) => pairs[place] as Pair)
  const happened = `unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[]) with ordinality
    as happened (id, a, b, conversation, n)`
  const values = [
    those.map(() => randomUUID()),
    those.map(({ a }) => a),
    those.map(({ b }) => b),
    those.map(({ conversation }) => conversation),
  ]
  const moment = `now() - ($5::integer - n) * interval '1 hour' / $5`
  await sql.run(
    `insert into interactions (
       id, ecosystem_id, initiator_id, target_id, interaction_type, content, response, sentiment,
       initiator_cost, target_cost, strength_change, trust_change, familiarity_change, emotions,
       created_at
     )
     select id, $6, a, b, 'chat', 'What do you make of it?', 'Much, as you know.', 0.2, 100, 80,
       0.01, 0.004, 0.05, '{"initiator": {"joy": 1}, "target": {"joy": 1}}', ${moment}
     from ${happened}`,
    [...values, interactions, ecosystem],
  )
  await sql.run(
    `insert into messages (
       conversation_id, interaction_id, sender_type, sender_id, content, created_at
     )
     select conversation, id, 'character', sender, line, ${moment}
     from ${happened},
     lateral (values (a, 'What do you make of it?'), (b, 'Much, as you know.')) said (sender, line)`,
    [...values, interactions],
  )
  await sql.run(
    `insert into character_memories (
       character_id, content, memory_type, importance, occurred_at, accessed_at
     )
     select who, 'chat, calmly', 'episodic', 0.4, ${moment}, ${moment}
     from ${happened}, unnest(array[a, b]) who`,
    [...values, interactions],
  )
  await sql.run(
    `insert into events (ecosystem_id, type, data, created_at, seq, published_at)
     select $6, type,
       jsonb_build_object('interaction_id', id, 'initiator_id', a, 'target_id', b), ${moment},
       3 * n - 3 + place, now()
     from ${happened}, unnest(
       array['character_interaction', 'relationship_change', 'character_state_change']
     ) with ordinality as kinds (type, place)`,
    [...values, interactions, ecosystem],
  )
  await sql.run('update ecosystems set last_seq = $2, told_seq = $2 where id = $1', [
    ecosystem,
    3 * interactions,
  ])
}
