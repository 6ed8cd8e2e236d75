import type { Pool } from 'pg'
import { edgesOf, inhabitedEcosystems, neighboursOf, nodesOf, pathBetween } from '../store/graph.ts'
import { depthMax, pathMax, type Graph } from './graph.ts'

/** The graph that the relationships are, asked by recursive SQL. */
export function postgresGraph(pool: Pool): Graph {
  return {
    name: 'postgres',
    neighbours: (id, depth, limit) => neighboursOf(pool, id, Math.min(depth, depthMax), limit),
    async path(ecosystem, from, to) {
      if (from === to) return { ids: [from], cost: 0 }
      const [found] = await pathBetween(pool, ecosystem, from, to, pathMax)
      return found
    },
    async network(ecosystem) {
      const [nodes, edges] = await Promise.all([nodesOf(pool, ecosystem), edgesOf(pool, ecosystem)])
      return {
        nodes,
        edges: edges.map((edge) => ({
          ...edge,
          last: edge.last === null ? null : new Date(edge.last),
        })),
      }
    },
    async ecosystems() {
      return (await inhabitedEcosystems(pool)).map(({ id }) => id)
    },
  }
}
