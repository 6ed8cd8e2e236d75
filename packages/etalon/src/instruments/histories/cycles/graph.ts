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

/** The kind of an edge out of a helper node, where the edge that led there goes on. */
export const onward = 32

/** Collects edges in any order; an edge from a node to itself is none. */
export class GraphBuilder {
  readonly #sources = new GrowingArray()
  readonly #targets = new GrowingArray()
  readonly #kinds = new GrowingArray()
  readonly #keys = new GrowingArray()
  #nodes: number

  constructor(nodes: number) {
    this.#nodes = nodes
  }

  edge(source: number, target: number, kind: number, key: number): void {
    if (source === target) return
    this.#sources.push(source)
    this.#targets.push(target)
    this.#kinds.push(kind)
    this.#keys.push(key)
  }

  /**
   * An edge from each source to each target but itself, through helper nodes: as many edges as there
   * are sources and targets, and n log n among the n that are both.
   */
  pairs(sources: readonly number[], targets: readonly number[], kind: number, key: number): void {
    const fan = (from: readonly number[], to: readonly number[]): void => {
      this.#fan(from, to, kind, key)
    }
    if (sources.length <= 1 || targets.length <= 1) return fan(sources, targets)
    const [from, to] = [new Set(sources), new Set(targets)]
    const both = [...from].filter((node) => to.has(node))
    fan([...from], without(to, from))
    fan(without(from, to), both)
    // The places of two that differ do so in some bit.
    for (let bit = 1; bit < both.length; bit *= 2) {
      const zeros = both.filter((_node, place) => (place & bit) === 0)
      const ones = both.filter((_node, place) => (place & bit) === bit)
      fan(zeros, ones)
      fan(ones, zeros)
    }
  }

  /** An edge from each source to each target, of which one is alone or none is both. */
  #fan(sources: readonly number[], targets: readonly number[], kind: number, key: number): void {
    if (sources.length <= 1 || targets.length <= 1) {
      for (const source of sources) {
        for (const target of targets) this.edge(source, target, kind, key)
      }
      return
    }
    const helper = this.#nodes
    this.#nodes += 1
    for (const source of sources) this.edge(source, helper, kind, key)
    for (const target of targets) this.edge(helper, target, onward, key)
  }

  /** Counting sort by source: linear in nodes and edges. */
  build(): Graph {
    const nodes = this.#nodes
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

function without(nodes: ReadonlySet<number>, others: ReadonlySet<number>): number[] {
  return [...nodes].filter((node) => !others.has(node))
}

/** A part of a graph, with numbers of its own. */
export interface Part {
  readonly graph: Graph
  /** What node `n` of the part is called in the whole. */
  readonly names: readonly number[]
}

/**
 * The nodes of each group and the edges inside of it. `numbers` is a scratch array as long as the
 * whole has nodes, filled with -1, and is left so.
 */
export function partOf(
  whole: Graph,
  groups: readonly (readonly number[])[],
  numbers: Int32Array,
): Part {
  const names = groups.flat()
  const builder = new GraphBuilder(names.length)
  let first = 0
  for (const members of groups) {
    for (const [place, member] of members.entries()) numbers[member] = first + place
    for (const [place, member] of members.entries()) {
      const end = whole.starts[member + 1] as number
      for (let edge = whole.starts[member] as number; edge < end; edge += 1) {
        const target = numbers[whole.targets[edge] as number] as number
        if (target === -1) continue
        const [kind, key] = [whole.kinds[edge] as number, whole.keys[edge] as number]
        builder.edge(first + place, target, kind, key)
      }
    }
    for (const member of members) numbers[member] = -1
    first += members.length
  }
  return { graph: builder.build(), names }
}
