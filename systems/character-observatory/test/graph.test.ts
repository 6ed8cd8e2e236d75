import type { Driver } from 'neo4j-driver'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { driftOf } from '../src/graph/drift.ts'
import type { Graph } from '../src/graph/graph.ts'
import { connectNeo4j, neo4jGraph } from '../src/graph/neo4j-graph.ts'
import { prepareGraph } from '../src/graph/neo4j-write.ts'
import { postgresGraph } from '../src/graph/postgres-graph.ts'
import { projectOnce } from '../src/graph/projection.ts'
import { rebuildGraph } from '../src/graph/rebuild.ts'
import { withStandIn } from '../src/graph/stand-in.ts'
import { chain, networkOf, seedNetwork } from './graph/network.ts'
import { signIn, startService } from './graph/service.ts'
import { startStore, type Store } from './graph/store.ts'
import { sharedSuite } from './graph/suite.ts'
import { missingForNeo4j, startNeo4j, type Neo4jServer } from './neo4j/server.ts'

/** What is told of something that was made. */
interface Made {
  readonly id: string
}

let store: Store

beforeAll(async () => {
  store = await startStore()
})
afterAll(() => store.stop())

describe('in PostgreSQL', () => {
  sharedSuite(() => ({
    pool: store.pool,
    graph: postgresGraph(store.pool),
    catchUp: async () => {},
  }))
})

const hindrance = process.env['NEO4J_TEST'] === '1' ? missingForNeo4j() : 'NEO4J_TEST is not 1'

describe.skipIf(hindrance !== undefined)(`in Neo4j${hindrance ? ` (${hindrance})` : ''}`, () => {
  let server: Neo4jServer
  let driver: Driver
  let graph: Graph
  const catchUp = async (): Promise<void> => {
    while (await projectOnce(store.pool, driver));
  }
  const run = async (text: string, values: object = {}): Promise<void> => {
    await driver.executeQuery(text, values)
  }

  beforeAll(async () => {
    server = await startNeo4j()
    driver = connectNeo4j({ url: server.url, user: 'neo4j', password: server.password })
    graph = neo4jGraph(driver, 30_000)
    await prepareGraph(driver)
  }, 600_000)
  afterAll(async () => {
    await driver?.close()
    await server?.stop()
  })

  sharedSuite(() => ({ pool: store.pool, graph, catchUp }))

  /** Tells of something as the service and its relay do. */
  async function tell(ecosystem: string, type: string, data: object): Promise<void> {
    await store.pool.query(
      `with numbered as (
         update ecosystems set last_seq = last_seq + 1 where id = $1 returning last_seq
       )
       insert into events (ecosystem_id, type, data, seq, published_at)
       select $1, $2, $3, last_seq, clock_timestamp() from numbered`,
      [ecosystem, type, JSON.stringify(data)],
    )
  }

  const differences = async (): Promise<number> => (await driftOf(store.pool, graph)).differences

  test('follows what is told of characters and relationships', async () => {
    const seed = chain(3)
    const [one, other, third] = seed.characters.map(({ id }) => id)
    const ecosystem = await seedNetwork(store.pool, seed)
    await catchUp()
    const change = async (text: string, values: unknown[]): Promise<void> => {
      await store.pool.query(text, values)
      expect(await differences()).toBeGreaterThan(0)
    }
    await change(
      `update character_relationships set strength = 0.9, version = version + 1
       where character_a_id = $1`,
      [one],
    )
    await tell(ecosystem, 'relationship_change', { a: one, b: other })
    await catchUp()
    expect(await differences()).toBe(0)
    await change(`update characters set name = 'Renamed' where id = $1`, [other])
    await tell(ecosystem, 'character_state_change', {
      characters: [{ id: other, changed: ['name'] }],
    })
    await catchUp()
    expect(await differences()).toBe(0)
    await change('update characters set deleted_at = now() where id = $1', [third])
    await tell(ecosystem, 'character_deleted', { id: third })
    await catchUp()
    expect(await differences()).toBe(0)
    expect((await graph.network(ecosystem)).nodes).toHaveLength(2)
  })

  test('is the same after events are followed once more', async () => {
    const seed = chain(3)
    const [one, other, third] = seed.characters.map(({ id }) => id)
    const ecosystem = await seedNetwork(store.pool, seed)
    await catchUp()
    await tell(ecosystem, 'character_created', { id: one })
    await tell(ecosystem, 'relationship_change', { a: one, b: other })
    await store.pool.query('update characters set deleted_at = now() where id = $1', [third])
    await tell(ecosystem, 'character_deleted', { id: third })
    for (const seq of [0, 1, 0]) {
      await store.pool.query('update graph_progress set seq = $2 where ecosystem_id = $1', [
        ecosystem,
        seq,
      ])
      await catchUp()
      expect(await differences()).toBe(0)
    }
  })

  test('keeps what is newer where somebody writes late', async () => {
    const seed = chain(2)
    const [one, other] = seed.characters.map(({ id }) => id)
    const ecosystem = await seedNetwork(store.pool, seed)
    await catchUp()
    await run('match (:Character {id: $one})-[knows:KNOWS]->() set knows.version = 7', { one })
    await store.pool.query(
      'update character_relationships set strength = -0.5 where character_a_id = $1',
      [one],
    )
    await tell(ecosystem, 'relationship_change', { a: one, b: other })
    await catchUp()
    expect((await graph.network(ecosystem)).edges[0]?.strength).toBe(0.25)
    await rebuildGraph(store.pool, driver, graph)
    expect((await graph.network(ecosystem)).edges[0]?.strength).toBe(-0.5)
  })

  test('forgets an ecosystem that is deleted', async () => {
    const ecosystem = await seedNetwork(store.pool, chain(3))
    await catchUp()
    await store.pool.query('delete from ecosystems where id = $1', [ecosystem])
    await catchUp()
    expect(await graph.ecosystems()).not.toContain(ecosystem)
  })

  test('is made anew, whatever somebody has done to it', async () => {
    const [first] = chain(4).characters
    await seedNetwork(store.pool, chain(4))
    await catchUp()
    await run(`match (who:Character) with who limit 2 detach delete who`)
    await run(`create (:Character {id: $id, name: 'Nobody', ecosystem_id: $id})`, { id: first?.id })
    expect(await differences()).toBeGreaterThan(2)
    await rebuildGraph(store.pool, driver, graph)
    expect(await differences()).toBe(0)
  })

  test('is up with the service after a load of interactions', async () => {
    const service = await startService(store.url, server)
    try {
      const owner = await signIn(service, store.pool, 'user')
      const operator = await signIn(service, store.pool, 'operator')
      const { id: ecosystem } = await owner.post<Made>('/ecosystems', { name: 'Busy' })
      const ids: string[] = []
      for (const name of ['Ada', 'Bea', 'Cleo', 'Dora', 'Eve', 'Fay']) {
        const traits = { openness: 0.5, conscientiousness: 0.5, extraversion: 0.5 }
        const made = await owner.post<Made>('/characters', {
          ecosystem_id: ecosystem,
          name,
          description: 'Is tested.',
          personality_traits: { ...traits, agreeableness: 0.5, neuroticism: 0.5 },
        })
        ids.push(made.id)
      }
      const pairs = ids.flatMap((one) =>
        ids.flatMap((other) => (one < other ? [[one, other]] : [])),
      )
      await Promise.all(
        [...pairs, ...pairs].map(([initiator_id, target_id]) =>
          owner.post('/interactions', {
            initiator_id,
            target_id,
            interaction_type: 'greeting',
            content: 'Hello',
          }),
        ),
      )
      const state = (): Promise<object> => operator.get('/graph/state')
      await expect
        .poll(state, { timeout: 30_000 })
        .toMatchObject({ adapter: 'neo4j', lag_events: 0, differences: 0 })
      const { edges } = await graph.network(ecosystem)
      expect(edges.map(({ count }) => count)).toEqual(pairs.map(() => 2))
    } finally {
      await service.close()
    }
  })

  test('is stood in for while its server is away', async () => {
    const seed = chain(3)
    const ecosystem = await seedNetwork(store.pool, seed)
    await catchUp()
    const told: unknown[] = []
    const both = withStandIn(graph, postgresGraph(store.pool), (error) => told.push(error))
    expect(await both.network(ecosystem)).toEqual(networkOf(seed))
    expect(told).toHaveLength(0)
    await server.stop()
    for (let time = 1; time <= 4; time += 1) {
      expect(await both.network(ecosystem)).toEqual(networkOf(seed))
    }
    // After three failures it is left alone for a while.
    expect(told).toHaveLength(3)
  })
})
