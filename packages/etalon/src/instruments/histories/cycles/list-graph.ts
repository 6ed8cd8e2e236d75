import type { Anomaly } from './anomaly.ts'
import { nameCycles } from './classify.ts'
import { explain } from './explain.ts'
import { GraphBuilder } from './graph.ts'
import type { ListHistory } from './list-history.ts'
import { addTimeEdges } from './time-edge.ts'
import { bitOf, ended } from './transaction.ts'

/** Pairs of readers and unread appends of one list that edges are made for. */
const unreadPairsMax = 1_000

/** The cycles between the transactions of a history; strict ones too where `isStrict`. */
export function cyclesOf(
  history: ListHistory,
  orders: readonly Int32Array[],
  isStrict: boolean,
): Anomaly[] {
  const writers = orders.map((appends) => appends.map((append) => writerOf(history, append)))
  const builder = new GraphBuilder()
  addOrderEdges(writers, builder)
  const readersAtEnd = addReadEdges(history, writers, builder)
  addUnreadEdges(history, { orders, writers, readersAtEnd }, builder)
  if (isStrict) addTimeEdges(history, builder)
  const graph = builder.build(history.size)
  return nameCycles(graph).map((cycle) => explain(cycle, history.keys, 'appended to'))
}

/**
 * Between neighbours in the order of each list only, so that there are as many edges as elements:
 *
 *   write before -ww-> write -wr-> who read up to it -rw-> write after
 */
function addOrderEdges(writers: readonly Int32Array[], builder: GraphBuilder): void {
  for (const [key, inOrder] of writers.entries()) {
    let before = -1
    for (const writer of inOrder) {
      if (writer === -1) continue
      if (before !== -1) builder.edge(before, writer, bitOf.ww, key)
      before = writer
    }
  }
}

/** By key: who read all of its list that was ever read. */
type ReadersAtEnd = ReadonlyMap<number, readonly number[]>

/** What each read saw, and what it did not see. */
function addReadEdges(
  history: ListHistory,
  writers: readonly Int32Array[],
  builder: GraphBuilder,
): ReadersAtEnd {
  const readersAtEnd = new Map<number, number[]>()
  for (let read = 0; read < history.readers.length; read += 1) {
    const reader = history.readers.at(read)
    const key = history.readKeys.at(read)
    const length = history.readLengths.at(read)
    const inOrder = writers[key] as Int32Array
    const last = inOrder[length - 1] ?? -1
    if (last !== -1) builder.edge(last, reader, bitOf.wr, key)
    const next = inOrder[length] ?? -1
    if (next !== -1) builder.edge(reader, next, bitOf.rw, key)
    if (length < inOrder.length) continue
    const others = readersAtEnd.get(key)
    if (others === undefined) readersAtEnd.set(key, [reader])
    else others.push(reader)
  }
  return readersAtEnd
}

/**
 * Appends that nobody read come after all that were, in an order among themselves that is not
 * known. Where they and the readers of the whole list make very many pairs, some are left out:
 * that can hide an anomaly and cannot invent one.
 */
function addUnreadEdges(
  history: ListHistory,
  known: {
    readonly orders: readonly Int32Array[]
    readonly writers: readonly Int32Array[]
    readonly readersAtEnd: ReadersAtEnd
  },
  builder: GraphBuilder,
): void {
  const isShown = new Uint8Array(history.writers.length)
  for (const appends of known.orders) {
    for (const append of appends) if (append !== -1) isShown[append] = 1
  }
  const pairs = new Int32Array(history.keys.length)
  for (let append = 0; append < isShown.length; append += 1) {
    const writer = history.writers.at(append)
    if (isShown[append] === 1 || history.outcomes.at(writer) !== ended.ok) continue
    const key = history.writtenKeys.at(append)
    const last = known.writers[key]?.at(-1) ?? -1
    if (last !== -1) builder.edge(last, writer, bitOf.ww, key)
    for (const reader of known.readersAtEnd.get(key) ?? []) {
      if ((pairs[key] as number) >= unreadPairsMax) break
      pairs[key] = (pairs[key] as number) + 1
      builder.edge(reader, writer, bitOf.rw, key)
    }
  }
}

/** Who made an append and may have committed; -1 when nobody did. */
function writerOf(history: ListHistory, append: number): number {
  if (append === -1) return -1
  const writer = history.writers.at(append)
  return history.outcomes.at(writer) === ended.failed ? -1 : writer
}
