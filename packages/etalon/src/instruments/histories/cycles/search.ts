import type { Graph } from './graph.ts'
import { bitOf } from './transaction.ts'

/** One edge of a cycle. */
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
  /** No two anti-dependencies (`rw`) follow each other. */
  readonly apart?: boolean
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
 * it came from. A walk that keeps anti-dependencies apart may pass a node twice, once after an
 * anti-dependency and once after another edge, so each node counts as two.
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
  readonly #apart: boolean
  /** By node and state: the edge by which it was reached, and from which node and state. */
  readonly #edges: Int32Array
  readonly #parents: Int32Array
  readonly #rounds: Int32Array
  #round = 0

  constructor(graph: Graph, { mask, apart = false }: Wanted) {
    this.#graph = graph
    this.#mask = mask
    this.#apart = apart
    this.#edges = new Int32Array(graph.nodes * 2)
    this.#parents = new Int32Array(graph.nodes * 2)
    this.#rounds = new Int32Array(graph.nodes * 2)
  }

  /** The shortest way on from `first`, an edge of `source`, back to `source`. */
  back(source: number, first: number): readonly Link[] | undefined {
    const { starts, targets, kinds } = this.#graph
    this.#round += 1
    const begin = this.#placeAfter(first)
    const isDone = (place: number): boolean =>
      place >> 1 === source && !(this.#apart && (place & 1) === 1)
    this.#reach(begin, first, -1)
    const queue = [begin]
    for (let head = 0; head < queue.length; head += 1) {
      const place = queue[head] as number
      const node = place >> 1
      const end = starts[node + 1] as number
      this.looks += end - (starts[node] as number)
      for (let edge = starts[node] as number; edge < end; edge += 1) {
        const kind = kinds[edge] as number
        if ((kind & this.#mask) === 0) continue
        if (this.#apart && (place & 1) === 1 && kind === bitOf.rw) continue
        const next = this.#apart ? this.#placeAfter(edge) : (targets[edge] as number) << 1
        if (this.#rounds[next] === this.#round) continue
        this.#reach(next, edge, place)
        if (isDone(next)) return this.#trace(source, next)
        queue.push(next)
      }
    }
    return undefined
  }

  #placeAfter(edge: number): number {
    const isAnti = this.#apart && this.#graph.kinds[edge] === bitOf.rw
    return ((this.#graph.targets[edge] as number) << 1) | (isAnti ? 1 : 0)
  }

  #reach(place: number, edge: number, parent: number): void {
    this.#rounds[place] = this.#round
    this.#edges[place] = edge
    this.#parents[place] = parent
  }

  #trace(source: number, last: number): readonly Link[] {
    const { targets, kinds, keys } = this.#graph
    const links: Link[] = []
    for (let place = last; place !== -1;) {
      const edge = this.#edges[place] as number
      const parent = this.#parents[place] as number
      links.unshift({
        source: parent === -1 ? source : parent >> 1,
        target: targets[edge] as number,
        kind: kinds[edge] as number,
        key: keys[edge] as number,
      })
      place = parent
    }
    return links
  }
}
