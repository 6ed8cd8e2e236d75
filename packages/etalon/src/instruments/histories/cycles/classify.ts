import type { Anomaly, AnomalyKind } from './anomaly.ts'
import { cyclicComponents } from './components.ts'
import { partOf, type Graph, type Part } from './graph.ts'
import { findCycle, type Link, type Wanted } from './search.ts'
import { bitOf } from './transaction.ts'
import { cyclicPart, type View } from './view.ts'

/** A cycle with the gravest name that fits it. */
export interface NamedCycle {
  readonly kind: AnomalyKind
  readonly needs: Anomaly['needs']
  readonly links: readonly Link[]
  /** False where the search was cut short: another name of the same levels may fit too. */
  readonly isGravest: boolean
}

const orders: readonly (readonly [needs: Anomaly['needs'], bits: number])[] = [
  ['data', 0],
  ['session', bitOf.session],
  ['realtime', bitOf.session | bitOf.realtime],
]

/** Cycles that the same levels forbid. */
interface Family {
  /** There is one where there is a cycle of such walks, once there is none of a graver family. */
  readonly view: View
  /** What to look for in it, gravest first; the last is there if it is. */
  readonly names: readonly (readonly [AnomalyKind, Wanted])[]
}

/** What to look for, gravest first (Adya 1999; Cerone and Gotsman 2018 for G-nonadjacent). */
function families(order: number): readonly Family[] {
  const { ww, wr, rw } = bitOf
  const clean = ww | wr | order
  const every = clean | rw
  return [
    { view: { mask: ww | order }, names: [['G0', { via: ww, mask: ww | order }]] },
    { view: { mask: clean }, names: [['G1c', { via: wr, mask: clean }]] },
    {
      view: { mask: every, isApart: true },
      names: [
        ['G-single', { via: rw, mask: clean }],
        ['G-nonadjacent', { via: rw, mask: every }],
      ],
    },
    { view: { mask: every }, names: [['G2-item', { via: rw, mask: every }]] },
  ]
}

/**
 * Names the cycles of a dependency graph: one for each strongly connected component, the gravest
 * that is in it, and of those the shortest that was seen.
 */
export function nameCycles(graph: Graph): NamedCycle[] {
  const numbers = new Int32Array(graph.nodes).fill(-1)
  return cyclicComponents(graph).flatMap((members) => {
    const part = partOf(graph, [members], numbers)
    const named = gravestOf(part.graph)
    return named === undefined ? [] : [{ ...named, links: renamed(named.links, part) }]
  })
}

function gravestOf(graph: Graph): NamedCycle | undefined {
  for (const [needs, order] of orders) {
    for (const { view, names } of families(order)) {
      const part = cyclicPart(graph, view)
      const named = part && nameIn(part, names)
      if (named !== undefined) return { ...named, needs }
    }
  }
  return undefined
}

function nameIn(part: Part, names: Family['names']): Omit<NamedCycle, 'needs'> | undefined {
  let isGravest = true
  for (const [kind, wanted] of names) {
    const { cycle, isExhaustive } = findCycle(part.graph, wanted)
    if (cycle !== undefined) {
      const links = renamed(cycle, part)
      return isSingle(cycle)
        ? { kind: 'G-single', links, isGravest: true }
        : { kind, links, isGravest }
    }
    isGravest &&= isExhaustive
  }
  return undefined
}

/** Also what was looked for under another name may have one anti-dependency only. */
function isSingle(cycle: readonly Link[]): boolean {
  return cycle.filter(({ kind }) => kind === bitOf.rw).length === 1
}

function renamed(links: readonly Link[], { names }: Part): Link[] {
  const nameOf = (node: number): number => names[node] as number
  return links.map((link) => ({
    ...link,
    source: nameOf(link.source),
    target: nameOf(link.target),
  }))
}
