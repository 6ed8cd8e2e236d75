import { GrowingArray } from './growing-array.ts'

/**
 * A directed graph whose edges carry one bit for their kind and the number of a key, in flat
 * arrays sorted by source (compressed sparse rows).
 */
export interface Graph {
  readonly nodes: number
  /** Edges of node `n` are those from `starts[n]` up to `starts[n + 1]`. */
  readonly starts: Int32Array
  readonly targets: Int32Array
  readonly kinds: Uint8Array
  readonly keys: Int32Array
}

/** Collects edges in any order; an edge from a node to itself is none. */
export class GraphBuilder {
  readonly #sources = new GrowingArray(1_024)
  readonly #targets = new GrowingArray(1_024)
  readonly #kinds = new GrowingArray(1_024)
  readonly #keys = new GrowingArray(1_024)

  edge(source: number, target: number, kind: number, key: number): void {
    if (source === target) return
    this.#sources.push(source)
    this.#targets.push(target)
    this.#kinds.push(kind)
    this.#keys.push(key)
  }

  /** Counting sort by source: linear in nodes and edges. */
  build(nodes: number): Graph {
    const edges = this.#sources.length
    const starts = new Int32Array(nodes + 1)
    for (let edge = 0; edge < edges; edge += 1) {
      const place = this.#sources.at(edge) + 1
      starts[place] = (starts[place] as number) + 1
    }
    for (let node = 0; node < nodes; node += 1) {
      starts[node + 1] = (starts[node + 1] as number) + (starts[node] as number)
    }
    const next = starts.slice(0, nodes)
    const targets = new Int32Array(edges)
    const kinds = new Uint8Array(edges)
    const keys = new Int32Array(edges)
    for (let edge = 0; edge < edges; edge += 1) {
      const source = this.#sources.at(edge)
      const place = next[source] as number
      next[source] = place + 1
      targets[place] = this.#targets.at(edge)
      kinds[place] = this.#kinds.at(edge)
      keys[place] = this.#keys.at(edge)
    }
    return { nodes, starts, targets, kinds, keys }
  }
}

/** A part of a graph, with numbers of its own. */
export interface Part {
  readonly graph: Graph
  /** What node `n` of the part is called in the whole. */
  readonly names: readonly number[]
}

/**
 * The nodes `members` and the edges between them. `numbers` is a scratch array as long as the
 * whole has nodes, filled with -1, and is left so.
 */
export function partOf(whole: Graph, members: readonly number[], numbers: Int32Array): Part {
  for (const [number, member] of members.entries()) numbers[member] = number
  const builder = new GraphBuilder()
  for (const [number, member] of members.entries()) {
    const end = whole.starts[member + 1] as number
    for (let edge = whole.starts[member] as number; edge < end; edge += 1) {
      const target = numbers[whole.targets[edge] as number] as number
      if (target === -1) continue
      builder.edge(number, target, whole.kinds[edge] as number, whole.keys[edge] as number)
    }
  }
  for (const member of members) numbers[member] = -1
  return { graph: builder.build(members.length), names: members }
}
