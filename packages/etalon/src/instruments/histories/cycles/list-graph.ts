import type { Anomaly } from './anomaly.ts'
import { nameCycles } from './classify.ts'
import { explain } from './explain.ts'
import { GraphBuilder } from './graph.ts'
import type { ListHistory } from './list-history.ts'
import { addTimeEdges } from './time-edge.ts'
import { bitOf, ended } from './transaction.ts'

/** The cycles between the transactions of a history; strict ones too where `isStrict`. */
export function cyclesOf(
  history: ListHistory,
  orders: readonly Int32Array[],
  isStrict: boolean,
): Anomaly[] {
  const writers = orders.map((appends) => appends.map((append) => writerOf(history, append)))
  const builder = new GraphBuilder(history.size)
  addOrderEdges(writers, builder)
  addReadEdges(history, { writers, unread: unreadAppends(history, orders) }, builder)
  if (isStrict) addTimeEdges(history, builder)
  return nameCycles(builder.build()).map((cycle) => explain(cycle, history.keys, 'appended to'))
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

/** By key: who appended what nobody read, though it was acknowledged; once for each append. */
function unreadAppends(
  history: ListHistory,
  orders: readonly Int32Array[],
): ReadonlyMap<number, readonly number[]> {
  const isShown = new Uint8Array(history.writers.length)
  for (const appends of orders) {
    for (const append of appends) if (append !== -1) isShown[append] = 1
  }
  const unread = new Map<number, number[]>()
  for (let append = 0; append < isShown.length; append += 1) {
    const writer = history.writers.at(append)
    if (isShown[append] === 1 || history.outcomes.at(writer) !== ended.ok) continue
    listAt(unread, history.writtenKeys.at(append)).push(writer)
  }
  return unread
}

/**
 * What each read saw, and what it did not see. Appends that nobody read come after all that were,
 * in an order among themselves that is not known: so after each who read all that was ever read.
 */
function addReadEdges(
  history: ListHistory,
  known: {
    readonly writers: readonly Int32Array[]
    readonly unread: ReadonlyMap<number, readonly number[]>
  },
  builder: GraphBuilder,
): void {
  const readersAtEnd = new Map<number, number[]>()
  for (let read = 0; read < history.readers.length; read += 1) {
    const reader = history.readers.at(read)
    const key = history.readKeys.at(read)
    const length = history.readLengths.at(read)
    const inOrder = known.writers[key] as Int32Array
    const last = inOrder[length - 1] ?? -1
    if (last !== -1) builder.edge(last, reader, bitOf.wr, key)
    const next = inOrder[length] ?? -1
    if (next !== -1) builder.edge(reader, next, bitOf.rw, key)
    const isAtEnd = length >= inOrder.length && known.unread.has(key)
    if (isAtEnd) listAt(readersAtEnd, key).push(reader)
  }
  for (const [key, writers] of known.unread) {
    const last = known.writers[key]?.at(-1) ?? -1
    for (const writer of writers) if (last !== -1) builder.edge(last, writer, bitOf.ww, key)
    builder.pairs(readersAtEnd.get(key) ?? [], writers, bitOf.rw, key)
  }
}

function listAt(lists: Map<number, number[]>, key: number): number[] {
  const known = lists.get(key)
  if (known !== undefined) return known
  const list: number[] = []
  lists.set(key, list)
  return list
}

/** Who made an append and may have committed; -1 when nobody did. */
function writerOf(history: ListHistory, append: number): number {
  if (append === -1) return -1
  const writer = history.writers.at(append)
  return history.outcomes.at(writer) === ended.failed ? -1 : writer
}
