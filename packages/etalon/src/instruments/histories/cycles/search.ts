import { onward, type Graph } from './graph.ts'

/** One edge of a cycle, from a transaction to the next. */
export interface Link {
  readonly source: number
  readonly target: number
  readonly kind: number
  readonly key: number
}

/** What a search is to find. */
export interface Wanted {
  /** The cycle begins with an edge of this kind. */
  readonly via: number
  /** Its other edges are of these kinds. */
  readonly mask: number
}

/** What a search gives: the shortest cycle it saw, and whether it saw all there are. */
export interface Found {
  readonly cycle: readonly Link[] | undefined
  readonly isExhaustive: boolean
}

/** Edges that one search may look at; about half a second. */
const looksMax = 50_000_000

/**
 * Looks for the shortest cycle of a kind: from each edge of kind `via` breadth first back to where
 * it came from. Where every edge lies on such a cycle the first gives one, and what is cut short
 * is only the search for a shorter one.
 */
export function findCycle(graph: Graph, wanted: Wanted): Found {
  const walk = new Walk(graph, wanted)
  let shortest: readonly Link[] | undefined
  for (let source = 0; source < graph.nodes; source += 1) {
    const end = graph.starts[source + 1] as number
    for (let edge = graph.starts[source] as number; edge < end; edge += 1) {
      if (((graph.kinds[edge] as number) & wanted.via) === 0) continue
      const cycle = walk.back(source, edge)
      if (cycle !== undefined && cycle.length < (shortest?.length ?? Number.POSITIVE_INFINITY)) {
        shortest = cycle
      }
      // No cycle is shorter than two edges.
      if (shortest?.length === 2) return { cycle: shortest, isExhaustive: true }
      if (walk.looks > looksMax) return { cycle: shortest, isExhaustive: false }
    }
  }
  return { cycle: shortest, isExhaustive: true }
}

class Walk {
  looks = 0
  readonly #graph: Graph
  readonly #mask: number
  /** By node: the edge by which it was reached, and from which node. */
  readonly #edges: Int32Array
  readonly #parents: Int32Array
  readonly #rounds: Int32Array
  #round = 0

  constructor(graph: Graph, { mask }: Wanted) {
    this.#graph = graph
    this.#mask = mask | onward
    this.#edges = new Int32Array(graph.nodes)
    this.#parents = new Int32Array(graph.nodes)
    this.#rounds = new Int32Array(graph.nodes)
  }

  /** The shortest way on from `first`, an edge of `source`, back to `source`. */
  back(source: number, first: number): readonly Link[] | undefined {
    const { starts, targets, kinds } = this.#graph
    this.#round += 1
    const begin = targets[first] as number
    this.#reach(begin, first, source)
    const queue = [begin]
    for (let head = 0; head < queue.length; head += 1) {
      const node = queue[head] as number
      const end = starts[node + 1] as number
      this.looks += end - (starts[node] as number)
      for (let edge = starts[node] as number; edge < end; edge += 1) {
        if (((kinds[edge] as number) & this.#mask) === 0) continue
        const next = targets[edge] as number
        if (this.#rounds[next] === this.#round) continue
        this.#reach(next, edge, node)
        if (next === source) return this.#trace(source)
        queue.push(next)
      }
    }
    return undefined
  }

  #reach(node: number, edge: number, parent: number): void {
    this.#rounds[node] = this.#round
    this.#edges[node] = edge
    this.#parents[node] = parent
  }

  /** The way by which `source` was reached from itself; a step by a helper node is one step. */
  #trace(source: number): readonly Link[] {
    const { kinds, keys } = this.#graph
    const links: Link[] = []
    let target = source
    let node = source
    do {
      const edge = this.#edges[node] as number
      node = this.#parents[node] as number
      const kind = kinds[edge] as number
      if (kind === onward) continue
      links.push({ source: node, target, kind, key: keys[edge] as number })
      target = node
    } while (node !== source)
    return links.toReversed()
  }
}
