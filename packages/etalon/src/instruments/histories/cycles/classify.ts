import { cyclicComponents } from './components.ts'
import { partOf, type Graph } from './graph.ts'
import { findCycle, type Link, type Wanted } from './search.ts'
import type { Anomaly, AnomalyKind } from './anomaly.ts'
import { bitOf } from './transaction.ts'

/** A cycle with the gravest name that fits it. */
export interface NamedCycle {
  readonly kind: AnomalyKind
  readonly needs: Anomaly['needs']
  readonly links: readonly Link[]
  /** False where the search was cut short: the component may hold something graver. */
  readonly isGravest: boolean
}

const orders: readonly (readonly [needs: Anomaly['needs'], bits: number])[] = [
  ['data', 0],
  ['session', bitOf.session],
  ['realtime', bitOf.session | bitOf.realtime],
]

/** What to look for, gravest first (Adya 1999; Cerone and Gotsman 2018 for G-nonadjacent). */
function searches(order: number): readonly (readonly [AnomalyKind, Wanted])[] {
  const { ww, wr, rw } = bitOf
  const clean = ww | wr | order
  return [
    ['G0', { via: ww, mask: ww | order }],
    ['G1c', { via: wr, mask: clean }],
    ['G-single', { via: rw, mask: clean }],
    ['G-nonadjacent', { via: rw, mask: clean | rw, apart: true }],
    ['G2-item', { via: rw, mask: clean | rw }],
  ]
}

/**
 * Names the cycles of a dependency graph: one for each strongly connected component, the gravest
 * that is in it, and of those the shortest that was seen.
 */
export function nameCycles(graph: Graph): NamedCycle[] {
  const numbers = new Int32Array(graph.nodes).fill(-1)
  return cyclicComponents(graph).flatMap((members) => {
    const part = partOf(graph, members, numbers)
    const named = gravestOf(part.graph)
    if (named === undefined) return []
    const nameOf = (node: number): number => part.names[node] as number
    const links = named.links.map((link) => ({
      ...link,
      source: nameOf(link.source),
      target: nameOf(link.target),
    }))
    return [{ ...named, links }]
  })
}

function gravestOf(graph: Graph): NamedCycle | undefined {
  let isGravest = true
  for (const [needs, order] of orders) {
    for (const [kind, wanted] of searches(order)) {
      const { cycle, isExhaustive } = findCycle(graph, wanted)
      if (cycle !== undefined) return { kind, needs, links: cycle, isGravest }
      isGravest &&= isExhaustive
    }
  }
  return undefined
}
