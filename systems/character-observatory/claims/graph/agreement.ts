import { claim, outcomeOfResponse } from 'etalon'
import { meeting, setScene, type Character } from '../scene.ts'
import { settledState, type Network } from './state.ts'

const stored = `
  select character_a_id as a, character_b_id as b, strength::float8, trust::float8,
    familiarity::float8, relationship_type as type, interaction_count as count,
    to_char(last_interaction at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as last
  from character_relationships where ecosystem_id = $1 order by 1, 2`

claim('CHAR-DB-11', async ({ system, sql, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 3 })
  const [one, other, leaving] = characters as [Character, Character, Character]
  await owner.post('/api/v1/interactions', meeting(one, other)).expect(201)
  await owner.post('/api/v1/interactions', meeting(one, leaving)).expect(201)
  await owner.patch(`/api/v1/characters/${other.id}`, { name: 'Renamed' }).expect(200)
  await owner.delete(`/api/v1/characters/${leaving.id}`).expect(204)
  const state = await settledState(system)
  const path = `/api/v1/ecosystems/${ecosystem}/graph`
  const { nodes, edges } = (await owner.get<Network>(path).expect(200)).body
  prove('who is in the graph', nodes).equals([
    { id: one.id, name: one.name },
    { id: other.id, name: 'Renamed' },
  ])
  const rows = await sql.rows<Network['edges'][number]>(stored, [ecosystem])
  const met = rows.filter(({ a, b }) => a !== leaving.id && b !== leaving.id)
  prove('what the graph says of the one pair that is left', edges).equals(met)
  prove('pairs that are left', met.length).equals(1)
  const { adapter, ...figures } = state
  prove('a graph that there is', ['postgres', 'neo4j'].includes(adapter)).equals(true)
  prove('how far it is behind, and how it differs', figures).equals({
    lag_events: 0,
    nodes: { missing: 0, extra: 0, different: 0 },
    edges: { missing: 0, extra: 0, different: 0 },
    differences: 0,
  })
  prove('its state for who is no operator', (await owner.get('/api/v1/graph/state')).status).equals(
    403,
  )
})

const types = ['greeting', 'chat', 'conflict']

claim('CHAR-REL-11', async ({ system, sql, histories, random, prove }) => {
  const { owner, ecosystem, characters } = await setScene(system, { characters: 24 })
  const history = await histories.concurrently(
    {
      actors: 8,
      operations: 80,
      input: () => {
        const [one, other] = random.shuffle(characters) as [Character, Character]
        return meeting(one, other, random.pick(types))
      },
    },
    async (request) => outcomeOfResponse(await owner.post('/api/v1/interactions', request)),
  )
  const { differences } = await settledState(system)
  prove('interactions', history.ok.length).isAtLeast(40)
  prove('differences that the check finds', differences).equals(0)
  const path = `/api/v1/ecosystems/${ecosystem}/graph`
  const { edges } = (await owner.get<Network>(path).expect(200)).body
  const rows = await sql.rows<Network['edges'][number]>(stored, [ecosystem])
  prove('relationships', rows.length).isAtLeast(20)
  prove('what the graph tells of them', edges).equals(rows)
})
