import { claim } from 'etalon'
import { characterOf, relationshipOf, type Refused } from '../character-state.ts'
import { makeCharacter, meeting, setScene, type Character } from '../scene.ts'

const path = '/api/v1/interactions'

claim('CHAR-INT-02', async ({ system, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 3 })
  const [one, other, sleeping] = characters as [Character, Character, Character]
  await owner.patch(`/api/v1/characters/${sleeping.id}`, { is_active: false }).expect(200)
  const elsewhere = await setScene(system, { characters: 1 })
  const gone = await makeCharacter(owner, ecosystem, 'Gone')
  await owner.delete(`/api/v1/characters/${gone.id}`).expect(204)
  const targets = {
    unknown: { id: '00000000-0000-7000-8000-000000000000' },
    deleted: gone,
    inactive: sleeping,
    elsewhere: elsewhere.characters[0] as Character,
    itself: one,
  }
  const answers: Record<string, number> = {}
  for (const [what, target] of Object.entries(targets)) {
    answers[what] = (await owner.post(path, meeting(one, target))).status
  }
  prove('answers', answers).equals({
    unknown: 404,
    deleted: 404,
    inactive: 409,
    elsewhere: 409,
    itself: 422,
  })
  await owner.patch(`/api/v1/ecosystems/${ecosystem}`, { is_active: false }).expect(200)
  prove('in an ecosystem that sleeps', (await owner.post(path, meeting(one, other))).status).equals(
    409,
  )
})

/** What an interaction writes, and how many rows of it. */
const written = {
  interactions: 1,
  character_relationships: 1,
  conversations: 1,
  messages: 2,
  character_memories: 2,
  events: 3,
}

claim('CHAR-INT-03', async ({ system, sql, prove }) => {
  const { owner, characters } = await setScene(system)
  const [one, other] = characters as [Character, Character]
  const tables = Object.keys(written)
  const stateOf = (): Promise<Record<string, number>> =>
    sql.one(
      `select ${tables.map((table) => `(select count(*) from ${table}) as ${table}`).join(', ')},
         (select sum(energy) from characters) as energy,
         (select sum(interaction_count) from characters) as count`,
    )
  await sql.run(
    `create function refuse() returns trigger language plpgsql as
       $$ begin raise exception 'planted by a claim'; end $$`,
  )
  const before = await stateOf()
  const broken: unknown[] = []
  for (const table of tables) {
    await sql.run(
      `create trigger refused before insert on ${table} for each row execute function refuse()`,
    )
    const { status } = await owner.post(path, meeting(one, other))
    broken.push([table, status, await stateOf()])
    await sql.run(`drop trigger refused on ${table}`)
  }
  await sql.run('drop function refuse')
  prove('what is left when one table refuses', broken).equals(
    tables.map((table) => [table, 500, before]),
  )
  await owner.post(path, meeting(one, other)).expect(201)
  const after = await stateOf()
  const rows = tables.map((table) => [table, (after[table] ?? 0) - (before[table] ?? 0)])
  prove('what a whole interaction writes', Object.fromEntries(rows)).equals(written)
})

interface Result {
  readonly success: boolean
  readonly response: string
  readonly relationship_change: Readonly<Record<string, number>>
  readonly emotional_state: { readonly initiator: object; readonly target: object }
  readonly reason: string | null
  readonly metadata: Readonly<Record<string, unknown>>
}

claim('CHAR-INT-07', async ({ system, sql, prove }) => {
  const { owner, ecosystem } = await setScene(system, { characters: 0 })
  const traits = { openness: 0.5, conscientiousness: 0.5, extraversion: 0.9, neuroticism: 0.1 }
  const one = await makeCharacter(owner, ecosystem, 'One', { ...traits, agreeableness: 0.9 })
  const other = await makeCharacter(owner, ecosystem, 'Other', {
    ...traits,
    extraversion: 0.1,
    agreeableness: 0.1,
  })
  const words = 'What a wonderful idea, I love it'
  const { body } = await owner.post<Result>(path, meeting(one, other, 'chat', words)).expect(201)
  prove('what it says', body).holds({ success: true, reason: null })
  const known = await relationshipOf(owner, one, other)
  prove('its change of the relationship', body.relationship_change).equals({
    strength: known?.strength ?? 0,
    trust: Math.round(((known?.trust ?? 0) - 0.5) * 1e8) / 1e8,
    familiarity: known?.familiarity ?? 0,
  })
  const feelings = await Promise.all(
    [one, other].map(async (each) => (await characterOf(owner, each)).emotions),
  )
  prove('how both feel', [body.emotional_state.initiator, body.emotional_state.target]).equals(
    feelings,
  )
  const said = await sql.rows<{ sender_id: string; content: string }>(
    `select sender_id, content from messages where sender_id = any ($1::uuid[])
     order by created_at`,
    [[one.id, other.id]],
  )
  prove('what was said, and answered', said).equals([
    { sender_id: one.id, content: words },
    { sender_id: other.id, content: body.response },
  ])
  prove('where the answer comes from', body.metadata).holds({ generator: 'template' })
})

claim('CHAR-INT-08', async ({ system, sql, prove }) => {
  const { owner, characters } = await setScene(system, {
    characters: 3,
    settings: { interaction_cooldown: 60 },
  })
  const [one, other, third] = characters as [Character, Character, Character]
  await owner.post(path, meeting(one, other)).expect(201)
  const soon = await owner.post<Refused>(path, meeting(other, one))
  prove('the same two at once, the other way round', soon.status).equals(409)
  const refusal = soon.body.error
  prove('why', refusal?.code).equals('CHAR_COOLDOWN')
  prove('how long to wait', Number(refusal?.details?.['wait_ms'])).isBetween(30_000, 60_000)
  prove('with somebody else', (await owner.post(path, meeting(one, third))).status).equals(201)
  await sql.run(
    `update character_relationships set last_interaction = now() - interval '61 seconds'
     where $1 in (character_a_id, character_b_id)`,
    [one.id],
  )
  prove('a minute later', (await owner.post(path, meeting(other, one))).status).equals(201)
  const counts = await Promise.all(characters.map((each) => characterOf(owner, each)))
  prove('counted', counts.map(({ interaction_count }) => interaction_count).join()).equals('3,2,1')
})

claim('CHAR-INT-09', async ({ system, sql, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, {
    characters: 18,
    settings: { energy_regen: 0 },
  })
  const [one, other, ...others] = characters as [Character, Character, ...Character[]]
  const key = { headers: { 'idempotency-key': 'the-same-key' } }
  const all = await Promise.all(
    Array.from({ length: 8 }, () => owner.post<Result>(path, meeting(one, other), key)),
  )
  const later = await owner.post<Result>(path, meeting(one, other), key)
  prove(
    'answers to one key at once',
    all.map(({ status, body }) => ({ status, body })),
  ).equals(all.map(() => ({ status: 201, body: later.body })))
  prove('its status', later.status).equals(201)
  const kept = 'select count(*) from interactions where ecosystem_id = $1'
  prove('interactions kept', await sql.value<number>(kept, [ecosystem])).equals(1)
  prove('energy left', (await characterOf(owner, one)).social_energy).equals(0.95)
  const reused = await owner.post(path, meeting(one, other, 'chat'), key)
  prove('the key with another request', reused.status).equals(409)
  const shared = { headers: { 'idempotency-key': 'one-key-for-all' } }
  const half = others.length / 2
  const answers = await Promise.all(
    others.slice(half).map((each, at) => {
      const body = meeting(others[at] as Character, each)
      return owner.post(path, body, shared)
    }),
  )
  const taken = answers.filter(({ status }) => status === 201)
  prove('those of many who take one key at once that get it', taken.length).equals(1)
  const stranger = await system.actor('stranger')
  const foreign = await stranger.post(path, meeting(one, other), key)
  prove('the key of a stranger', foreign.status).equals(403)
  const target = `/api/v1/characters/${other.id}`
  await owner.patch(target, { is_active: false }).expect(200)
  const asleep = await owner.post<Result>(path, meeting(one, other), key)
  prove('the answer once the other sleeps', asleep.body).equals(later.body)
  await owner.delete(target).expect(204)
  const gone = await owner.post<Result>(path, meeting(one, other), key)
  prove('the answer once the other is deleted', gone.body).equals(later.body)
  const unkept = { headers: { 'idempotency-key': 'another-key' } }
  const late = await owner.post(path, meeting(one, other), unkept)
  prove('another key then', late.status).equals(404)
})
