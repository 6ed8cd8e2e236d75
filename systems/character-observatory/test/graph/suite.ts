import fc from 'fast-check'
import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { driftOf } from '../../src/graph/drift.ts'
import { depthMax, pathMax, type Graph } from '../../src/graph/graph.ts'
import { chain, closestWay, networkOf, reachedFrom, seedNetwork, seeds } from './network.ts'

/** What a graph has to answer, whoever keeps it. */
export interface Subject {
  readonly pool: Pool
  readonly graph: Graph
  /** Waits until the graph has what is stored. */
  readonly catchUp: () => Promise<void>
}

/** What every graph has to pass, on a database that may hold other networks too. */
export function sharedSuite(subject: () => Subject): void {
  test('answers what the relationships say', async () => {
    const { pool, graph, catchUp } = subject()
    await fc.assert(
      fc.asyncProperty(
        seeds,
        fc.integer({ min: 1, max: depthMax }),
        fc.integer({ min: 1, max: 8 }),
        async (seed, depth, limit) => {
          const ecosystem = await seedNetwork(pool, seed)
          await catchUp()
          const network = networkOf(seed)
          expect(await graph.network(ecosystem)).toEqual(network)
          for (const { id: from } of network.nodes) {
            const reached = reachedFrom(network, from, depth).slice(0, limit)
            expect(await graph.neighbours(from, depth, limit)).toEqual(reached)
            for (const { id: to } of network.nodes) {
              const way = closestWay(network, from, to, pathMax)
              expect(await graph.path(ecosystem, from, to)).toEqual(way)
            }
          }
          await pool.query('delete from ecosystems where id = $1', [ecosystem])
          await catchUp()
        },
      ),
      { numRuns: 20 },
    )
  }, 300_000)

  test('goes no more steps than it may', async () => {
    const { pool, graph, catchUp } = subject()
    const seed = chain(pathMax + 2)
    const ecosystem = await seedNetwork(pool, seed)
    await catchUp()
    const ids = seed.characters.map(({ id }) => id)
    const from = ids[0] ?? ''
    expect((await graph.path(ecosystem, from, ids[pathMax] ?? ''))?.ids).toHaveLength(pathMax + 1)
    expect(await graph.path(ecosystem, from, ids[pathMax + 1] ?? '')).toBeUndefined()
    expect(await graph.neighbours(from, 99, 99)).toHaveLength(depthMax)
  })

  test('names the ecosystems that it knows, and differs in nothing', async () => {
    const { pool, graph, catchUp } = subject()
    const ecosystem = await seedNetwork(pool, chain(3))
    await catchUp()
    expect(await graph.ecosystems()).toContain(ecosystem)
    expect(await driftOf(pool, graph)).toMatchObject({ differences: 0 })
  })

  test('is found out where it says something else', async () => {
    const { pool, graph, catchUp } = subject()
    const ecosystem = await seedNetwork(pool, chain(4))
    await catchUp()
    const liar: Graph = {
      ...graph,
      async network(id) {
        const { nodes, edges } = await graph.network(id)
        if (id !== ecosystem) return { nodes, edges }
        const [first, second, third] = edges
        if (!first || !second || !third) throw new Error('a chain of four has three edges')
        return {
          nodes: nodes.slice(1),
          edges: [{ ...first, strength: -1 }, second, { ...third, b: first.a }],
        }
      },
    }
    expect(await driftOf(pool, liar)).toEqual({
      nodes: { missing: 1, extra: 0, different: 0 },
      edges: { missing: 1, extra: 1, different: 1 },
      differences: 4,
    })
  })
}
