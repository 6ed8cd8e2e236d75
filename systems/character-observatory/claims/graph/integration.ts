import { claim, outcomeOfResponse } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'
import { lastSeq } from '../socket/telling.ts'
import { settledState, type Network } from './state.ts'

interface Envelope {
  readonly seq: number
}

const poolMax = 10

/** Rows of one interaction, and the transactions that have written them. */
const writers = `
  select count(*)::int as rows, count(distinct writer)::int as transactions from (
    select xmin::text as writer from interactions where ecosystem_id = $1
    union all
    select xmin::text from character_relationships where ecosystem_id = $1
    union all
    select xmin::text from conversations where ecosystem_id = $1
    union all
    select messages.xmin::text from messages
    join conversations on conversations.id = conversation_id where ecosystem_id = $1
    union all
    select character_memories.xmin::text from character_memories
    join characters on characters.id = character_id where ecosystem_id = $1
  ) as written`

const connections = `
  select count(*)::int as open, count(*) filter (where state like 'idle in transaction%')::int as kept
  from pg_stat_activity
  where datname = current_database() and application_name = 'character-observatory'`

claim('CHAR-T-22', async ({ system, sql, messages, histories, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 2 })
  const [one, other] = characters as [Character, Character]
  const before = await lastSeq(system, ecosystem)
  const heard = await messages.subscribe(`ecosystem:${ecosystem}:events`, {
    read: ({ body }) => ({ key: '', sequence: (body as Envelope).seq }),
  })
  for (const step of [1, 2, 3]) heard.published({ key: '', sequence: before + step })
  await owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  prove(
    'rows, and transactions that wrote them',
    await sql.one<object>(writers, [ecosystem]),
  ).equals({
    rows: 7,
    transactions: 1,
  })
  const account = await heard.until(3)
  prove('events that were not published', account.missing).isEmpty()
  await settledState(system)
  const { edges } = (await owner.get<Network>(`/api/v1/ecosystems/${ecosystem}/graph`).expect(200))
    .body
  prove(
    'meetings in the graph',
    edges.map(({ count }) => count),
  ).equals([1])

  const load = { actors: 40, operations: 120 }
  const many = await histories.concurrently(load, async (_none, _actor, index) =>
    outcomeOfResponse(
      index % 2 === 0
        ? await owner.get(`/api/v1/ecosystems/${ecosystem}/graph`)
        : await owner.patch(`/api/v1/characters/${one.id}`, { description: `Is ${index}` }),
    ),
  )
  prove('answered, with more callers than connections', many.ok.length).equals(load.operations)
  const { open, kept } = await sql.one<{ open: number; kept: number }>(connections)
  prove('connections of the pool', open).isBetween(1, poolMax)
  prove('transactions that nobody ended', kept).equals(0)
})
