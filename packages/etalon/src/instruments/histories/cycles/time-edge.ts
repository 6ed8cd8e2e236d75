import type { GraphBuilder } from './graph.ts'
import type { GrowingArray } from './growing-array.ts'
import { orderOf } from './time-order.ts'
import { bitOf, ended } from './transaction.ts'

const noKey = -1

/** Outcomes, sessions and times of transactions, by their numbers. */
export interface Timed {
  readonly size: number
  readonly outcomes: GrowingArray
  readonly actors: GrowingArray
  readonly startsMs: readonly number[]
  readonly endsMs: readonly number[]
}

/**
 * What sessions and time say of the order. A session's transactions follow each other. One that
 * ended before another began comes before it; of those edges only the ones that no others imply
 * are made: an end stays in the buffer until a transaction ends that began after it (Elle,
 * section 5; linear in transactions times those open at once).
 *
 * A transaction of unknown outcome may take effect at any time after it began, so it has no end.
 */
export function addTimeEdges(history: Timed, builder: GraphBuilder): void {
  const lastOf = new Map<number, number>()
  const buffer = new Set<number>()
  const before = new Map<number, readonly number[]>()
  for (const { transaction, isEnd } of momentsOf(history)) {
    const actor = history.actors.at(transaction)
    if (!isEnd) {
      const last = lastOf.get(actor)
      if (last !== undefined) builder.edge(last, transaction, bitOf.session, noKey)
      if (history.outcomes.at(transaction) === ended.ok) lastOf.set(actor, transaction)
      const ends = [...buffer]
      for (const earlier of ends) builder.edge(earlier, transaction, bitOf.realtime, noKey)
      before.set(transaction, ends)
    } else {
      // Whoever begins from now on comes after this one, and so after those before it.
      for (const implied of before.get(transaction) ?? []) buffer.delete(implied)
      before.delete(transaction)
      buffer.add(transaction)
    }
  }
}

/** One moment of a transaction. */
interface Moment {
  readonly transaction: number
  readonly isEnd: boolean
}

/** Beginnings and ends in their order; at the same time beginnings come first: they overlap. */
function* momentsOf({ size, outcomes, startsMs, endsMs }: Timed): Generator<Moment> {
  // The beginning of transaction n is moment n, its end is moment size + n.
  const times = Float64Array.from([...startsMs, ...endsMs])
  for (const moment of orderOf(times)) {
    const isEnd = moment >= size
    const transaction = isEnd ? moment - size : moment
    const outcome = outcomes.at(transaction)
    if (outcome === ended.failed || (isEnd && outcome !== ended.ok)) continue
    yield { transaction, isEnd }
  }
}
