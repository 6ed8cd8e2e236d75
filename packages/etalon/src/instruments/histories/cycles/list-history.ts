import { EtalonError } from '../../../kernel/errors.ts'
import type { Anomaly } from './anomaly.ts'
import { GrowingArray } from './growing-array.ts'
import { ListOrder } from './list-order.ts'
import { PairTable } from './pair-table.ts'
import { ended, type ListTransaction } from './transaction.ts'

/**
 * A history of transactions over lists in flat arrays. Of a read only its length is kept, and how
 * many of its last elements the transaction had appended itself: the rest is the list's order.
 */
export class ListHistory {
  readonly keys: string[] = []
  readonly orders: ListOrder[] = []
  /** Anomalies that show as soon as a transaction is added. */
  readonly early: Anomaly[] = []
  /** By transaction. */
  readonly outcomes = new GrowingArray(1_024)
  readonly actors = new GrowingArray(1_024)
  readonly startsMs: number[] = []
  readonly endsMs: number[] = []
  /** Reads of acknowledged transactions: who, of what, how much of it came from others. */
  readonly readers = new GrowingArray(1_024)
  readonly readKeys = new GrowingArray(1_024)
  readonly readLengths = new GrowingArray(1_024)
  /** Appends: who, to what, what, and whether it was his last to that key. */
  readonly writers = new GrowingArray(1_024)
  readonly writtenKeys = new GrowingArray(1_024)
  readonly written: number[] = []
  readonly isLast = new GrowingArray(1_024)
  /** Acknowledged reads of a list that their transaction then appended to: numbers of reads. */
  readonly updates = new GrowingArray()
  readonly #numbers = new Map<string, number>()
  /** The append of a value to a key. */
  readonly #appends = new PairTable()

  get size(): number {
    return this.outcomes.length
  }

  /** For each key, in its order: the append of each value, or -1 for a value that nobody wrote. */
  appendsInOrder(): Int32Array[] {
    return this.orders.map(({ values }, key) =>
      Int32Array.from(values, (value) => this.#appends.get(key, value) ?? -1),
    )
  }

  add(transaction: ListTransaction): void {
    const number = this.size
    this.outcomes.push(ended[transaction.outcome])
    this.actors.push(transaction.actor)
    this.startsMs.push(transaction.startedAtMs)
    this.endsMs.push(transaction.endedAtMs)
    const own = new Map<number, OwnView>()
    for (const step of transaction.steps) {
      const key = this.#numberOf('append' in step ? step.append : step.read)
      const view = own.get(key) ?? { appended: [], lastAppend: -1, others: -1, read: -1 }
      own.set(key, view)
      if ('append' in step) this.#append(number, key, step.value, view)
      else if (transaction.outcome === 'ok') this.#read(number, key, step.values, view)
    }
  }

  #append(transaction: number, key: number, value: number, view: OwnView): void {
    const append = this.writers.length
    if (!this.#appends.add(key, value, append)) {
      throw new EtalonError('ETALON_HISTORY_VALUE_REPEATED', {
        key: this.keys[key] as string,
        value,
      })
    }
    this.writers.push(transaction)
    this.writtenKeys.push(key)
    this.written.push(value)
    this.isLast.push(1)
    if (view.lastAppend !== -1) this.isLast.set(view.lastAppend, 0)
    else if (view.read !== -1) this.updates.push(view.read)
    view.lastAppend = append
    view.appended.push(value)
  }

  #read(transaction: number, key: number, values: readonly number[], view: OwnView): void {
    const { appended } = view
    const others = values.length - appended.length
    const seesOwn = appended.every((value, place) => values[others + place] === value)
    if (!seesOwn) {
      const because = `T${transaction} did not read its own appends to ${this.keys[key]}`
      this.#note('internal', transaction, key, because)
      return
    }
    const answer = (this.orders[key] as ListOrder).take(values, values.length)
    if (!answer.agrees) {
      const because = `T${transaction} read ${values[answer.at]} as element ${answer.at + 1} of ${this.keys[key]}, others read ${this.orders[key]?.values[answer.at]}`
      this.#note('incompatible-order', transaction, key, because)
      return
    }
    if (view.others === others) return
    if (view.others !== -1) {
      const because = `T${transaction} read ${view.others} elements of ${this.keys[key]} from others, then ${others}`
      this.#note('non-repeatable-read', transaction, key, because)
    }
    view.others = others
    view.read = this.readers.length
    this.readers.push(transaction)
    this.readKeys.push(key)
    this.readLengths.push(others)
  }

  #note(kind: Anomaly['kind'], transaction: number, key: number, because: string): void {
    this.early.push({
      kind,
      needs: 'data',
      transactions: [transaction],
      key: this.keys[key],
      because,
      cycle: [],
    })
  }

  #numberOf(key: string): number {
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    const number = this.keys.length
    this.#numbers.set(key, number)
    this.keys.push(key)
    this.orders.push(new ListOrder())
    return number
  }
}

/** What one transaction knows of one list. */
interface OwnView {
  readonly appended: number[]
  /** Its last append to the list, or -1. */
  lastAppend: number
  /** How many elements of others it read last, or -1 before its first read. */
  others: number
  /** The number of that read, or -1. */
  read: number
}
