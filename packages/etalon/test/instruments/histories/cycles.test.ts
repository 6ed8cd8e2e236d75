import fc from 'fast-check'
import { expect, test } from 'vitest'
import { nameCycles, type NamedCycle } from '../../../src/instruments/histories/cycles/classify.ts'
import { GraphBuilder } from '../../../src/instruments/histories/cycles/graph.ts'
import { bitOf } from '../../../src/instruments/histories/cycles/transaction.ts'

const { ww, wr, rw, session, realtime } = bitOf
const nodes = 6
const all = Array.from({ length: nodes }, (_none, node) => node)

type Edge = readonly [source: number, target: number, kind: number]
type Relation = readonly (readonly boolean[])[]

const relation = (holds: (from: number, to: number) => boolean): Relation =>
  all.map((from) => all.map((to) => holds(from, to)))

const then = (first: Relation, second: Relation): Relation =>
  relation((from, to) => all.some((by) => first[from]![by]! && second[by]![to]!))

const either = (one: Relation, other: Relation): Relation =>
  relation((from, to) => one[from]![to]! || other[from]![to]!)

/** Whether somebody comes back to himself (Warshall 1962). */
function isCyclic(steps: Relation): boolean {
  const reach = steps.map((row) => [...row])
  for (const by of all) {
    for (const from of all) {
      if (!reach[from]![by]!) continue
      for (const to of all) reach[from]![to] ||= reach[by]![to]!
    }
  }
  return all.some((node) => reach[node]![node])
}

/** What is the gravest in a graph, by the definitions: Adya 1999; Cerone and Gotsman 2018. */
function gravestOf(edges: readonly Edge[]): string | undefined {
  const steps = (mask: number): Relation =>
    relation((from, to) =>
      edges.some(([source, target, kind]) => source === from && target === to && (kind & mask) > 0),
    )
  for (const [needs, order] of [
    ['data', 0],
    ['session', session],
    ['realtime', session | realtime],
  ] as const) {
    const clean = steps(ww | wr | order)
    if (isCyclic(steps(ww | order))) return `G0 ${needs}`
    if (isCyclic(clean)) return `G1c ${needs}`
    if (isCyclic(either(clean, then(clean, steps(rw))))) return `G-SI ${needs}`
    if (isCyclic(either(clean, steps(rw)))) return `G2-item ${needs}`
  }
  return undefined
}

const nodeOf = fc.integer({ min: 0, max: nodes - 1 })
const edgesOf = fc.array(fc.tuple(nodeOf, nodeOf, fc.constantFrom(ww, wr, rw)), { maxLength: 7 })
/** Time and sessions have no cycles: their edges go up. */
const upwards = fc
  .array(fc.tuple(nodeOf, nodeOf, fc.constantFrom(session, realtime)), { maxLength: 8 })
  .map((edges) => edges.filter(([source, target]) => source < target))
const group = fc.subarray(all, { maxLength: 5 })

const isEdge = ([source, target]: Edge): boolean => source !== target

function expectCycle({ kind, links }: NamedCycle, edges: readonly Edge[]): void {
  for (const [at, link] of links.entries()) {
    expect(link.target).toBe(links[(at + 1) % links.length]!.source)
    expect(edges).toContainEqual([link.source, link.target, link.kind])
  }
  const anti = links.map((link) => link.kind === rw)
  const count = anti.filter(Boolean).length
  const isApart = anti.every((is, at) => !is || !anti[(at + 1) % anti.length])
  const wr1 = links.some((link) => link.kind === wr)
  if (kind === 'G0' || kind === 'G1c') expect([count, wr1]).toEqual([0, kind === 'G1c'])
  if (kind === 'G-single') expect(count).toBe(1)
  if (kind === 'G-nonadjacent') expect([isApart, count > 1]).toEqual([true, true])
  if (kind === 'G2-item') expect(isApart).toBe(false)
}

test('of every graph the gravest is found, also where edges go by helper nodes', () => {
  const met = new Map<string | undefined, number>()
  fc.assert(
    fc.property(edgesOf, upwards, group, group, (data, time, sources, targets) => {
      const direct = [...data, ...time]
      const builder = new GraphBuilder(nodes)
      for (const [source, target, kind] of direct) builder.edge(source, target, kind, 0)
      builder.pairs(sources, targets, rw, 0)
      const paired = sources.flatMap((source) =>
        targets.map((target): Edge => [source, target, rw]),
      )
      const edges = [...direct, ...paired].filter(isEdge)
      const named = nameCycles(builder.build())
      for (const cycle of named) expectCycle(cycle, edges)
      const found = named.map(({ kind, needs }) => {
        const family = kind === 'G-single' || kind === 'G-nonadjacent' ? 'G-SI' : kind
        return `${family} ${needs}`
      })
      const gravest = gravestOf(edges)
      met.set(gravest, (met.get(gravest) ?? 0) + 1)
      expect(found.toSorted(byGravity)[0]).toBe(gravest)
    }),
    { numRuns: 3_000, seed: 20 },
  )
  // All that there are but for some of the rarest, and graphs without a cycle.
  expect(met.size).toBeGreaterThan(10)
})

/** As {@link gravestOf} asks: the data alone first, then what needs sessions, then time. */
function byGravity(one: string, other: string): number {
  const placeOf = (name: string): number => {
    const [family = '', needs = ''] = name.split(' ')
    return (
      ['data', 'session', 'realtime'].indexOf(needs) * 4 +
      ['G0', 'G1c', 'G-SI', 'G2-item'].indexOf(family)
    )
  }
  return placeOf(one) - placeOf(other)
}

test('pairs make as many edges as there are members, not as there are pairs', () => {
  const builder = new GraphBuilder(3_000)
  const first = Array.from({ length: 2_000 }, (_none, at) => at)
  const second = Array.from({ length: 2_000 }, (_none, at) => at + 1_000)
  builder.pairs(first, second, rw, 0)
  const { targets } = builder.build()
  // 1,000 are both; each of them is in 10 pairs of halves, once on either side.
  expect(targets.length).toBeLessThanOrEqual(3_000 + 2_000 + 2 * 10 * 1_000)
})
