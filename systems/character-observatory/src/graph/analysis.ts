import { UndirectedGraph } from 'graphology'
import louvainModule from 'graphology-communities-louvain'
import pagerankModule from 'graphology-metrics/centrality/pagerank.js'
import type { Network } from './graph.ts'

// Both are CommonJS: the module is the function, though their types say that it has a default.
const louvain = louvainModule as unknown as typeof louvainModule.default
const pagerank = pagerankModule as unknown as typeof pagerankModule.default

/** How much somebody counts in a network. */
export interface Influence {
  readonly id: string
  readonly name: string
  /** PageRank over the strength of relationships; all together 1. */
  readonly score: number
}

/** Some who know each other better than they know the others. */
export interface Community {
  readonly members: string[]
}

/** Enemies bind too, but less; and nobody's weight is nothing. */
const weightOf = (strength: number): number => Math.max(0.01, (1 + strength) / 2)

/** Who counts most, the first first (Page and Brin 1998, by graphology). */
export function influenceOf(network: Network): Influence[] {
  if (network.nodes.length === 0) return []
  const scores = pagerank(graphOf(network), { getEdgeWeight: 'weight' })
  return network.nodes
    .map(({ id, name }) => ({ id, name, score: scores[id] ?? 0 }))
    .sort((one, other) => other.score - one.score || (one.id < other.id ? -1 : 1))
}

/** Communities by the Louvain method (Blondel and others 2008), the largest first. */
export function communitiesOf(network: Network): Community[] {
  if (network.nodes.length === 0) return []
  const found = louvain(graphOf(network), { getEdgeWeight: 'weight', randomWalk: false })
  const byNumber = Map.groupBy(network.nodes, ({ id }) => found[id])
  return [...byNumber.values()]
    .map((members) => ({ members: members.map(({ id }) => id).sort() }))
    .sort((one, other) => other.members.length - one.members.length)
}

function graphOf({ nodes, edges }: Network): UndirectedGraph {
  const graph = new UndirectedGraph()
  for (const { id } of nodes) graph.addNode(id)
  for (const { a, b, strength } of edges) graph.addEdge(a, b, { weight: weightOf(strength) })
  return graph
}
