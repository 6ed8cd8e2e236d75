import { isDeepStrictEqual } from 'node:util'
import type { Sql } from 'service-kit'
import { storedEcosystems, storedNodes, storedRelationships } from '../store/graph.ts'
import type { Graph } from './graph.ts'

/** How the graph differs from what is stored. */
export interface Difference {
  /** Stored and not in the graph. */
  readonly missing: number
  /** In the graph and not stored. */
  readonly extra: number
  /** In both, and not equal. */
  readonly different: number
}

/** What a comparison of the graph with the relationships found. */
export interface Drift {
  readonly nodes: Difference
  readonly edges: Difference
  /** All together; 0 where both say the same. */
  readonly differences: number
}

const none: Difference = { missing: 0, extra: 0, different: 0 }

/**
 * Compares the graph with the characters and relationships that are stored, ecosystem by
 * ecosystem. What changes while it compares counts where the graph follows it later.
 */
export async function driftOf(sql: Sql, graph: Graph): Promise<Drift> {
  // Where nobody lives there is nothing to compare, unless the graph has somebody there.
  const stored = (await storedEcosystems(sql)).map(({ id }) => id)
  let nodes = none
  let edges = none
  for (const ecosystem of new Set([...stored, ...(await graph.ecosystems())])) {
    const network = await graph.network(ecosystem)
    const characters = await storedNodes(sql, ecosystem)
    const relationships = await storedRelationships(sql, ecosystem)
    nodes = sum(
      nodes,
      compare(characters, network.nodes, ({ id }) => id),
    )
    edges = sum(
      edges,
      compare(relationships, network.edges, ({ a, b }) => a + b),
    )
  }
  const differences = [nodes, edges]
    .flatMap(({ missing, extra, different }) => [missing, extra, different])
    .reduce((one, other) => one + other)
  return { nodes, edges, differences }
}

function compare<Row>(
  stored: readonly Row[],
  found: readonly Row[],
  key: (row: Row) => string,
): Difference {
  const byKey = new Map(found.map((row) => [key(row), row]))
  let missing = 0
  let different = 0
  for (const row of stored) {
    const same = byKey.get(key(row))
    if (same === undefined) missing += 1
    else if (!isDeepStrictEqual({ ...row }, { ...same })) different += 1
  }
  return { missing, different, extra: found.length - (stored.length - missing) }
}

const sum = (one: Difference, other: Difference): Difference => ({
  missing: one.missing + other.missing,
  extra: one.extra + other.extra,
  different: one.different + other.different,
})
