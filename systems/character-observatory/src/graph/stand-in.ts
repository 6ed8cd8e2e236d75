import neo4j from 'neo4j-driver'
import { CircuitBreaker } from 'service-kit'
import type { Graph } from './graph.ts'

/** Failures in a row after which the graph server is left alone, and for how long. */
const patience = { failuresMax: 3, openMs: 2_000 }

/** Whether it is the graph server that failed: it is away, or answers with an error. */
export function isOfServer(error: unknown): boolean {
  return error instanceof neo4j.Neo4jError
}

/**
 * Answers from `first`, and from `other` while the server behind `first` is away: both answer the
 * same, only not as fast.
 */
export function withStandIn(first: Graph, other: Graph, onError: (error: unknown) => void): Graph {
  const breaker = new CircuitBreaker(patience)
  async function ask<Answer>(question: (graph: Graph) => Promise<Answer>): Promise<Answer> {
    if (!breaker.allows()) return question(other)
    try {
      const answer = await question(first)
      breaker.succeeded()
      return answer
    } catch (error) {
      breaker.failed()
      if (!isOfServer(error)) throw error
      onError(error)
      return question(other)
    }
  }
  return {
    name: first.name,
    neighbours: (...asked) => ask((graph) => graph.neighbours(...asked)),
    path: (...asked) => ask((graph) => graph.path(...asked)),
    network: (ecosystem) => ask((graph) => graph.network(ecosystem)),
    // Asked for by checks, which want to know what the graph itself has.
    ecosystems: () => first.ecosystems(),
  }
}
