import type { Anomaly, AnomalyKind } from './anomaly.ts'
import type { ListHistory } from './list-history.ts'
import { PairTable } from './pair-table.ts'
import { ended } from './transaction.ts'

/** What shows without a graph: by one walk over the orders and one over the reads. */
export function scanList(history: ListHistory, orders: readonly Int32Array[]): Anomaly[] {
  return [
    ...history.early,
    ...strangeValues(history, orders),
    ...dirtyReads(history, orders),
    ...lostUpdates(history),
  ]
}

/** Values in a list that nobody appended, or that are in it twice. */
function strangeValues(history: ListHistory, orders: readonly Int32Array[]): Anomaly[] {
  const seen = new Uint8Array(history.writers.length)
  const anomalies: Anomaly[] = []
  for (const [key, appends] of orders.entries()) {
    const name = history.keys[key] as string
    for (const [place, append] of appends.entries()) {
      if (append !== -1 && seen[append] === 0) {
        seen[append] = 1
        continue
      }
      const value = history.orders[key]?.values[place]
      const writers = append === -1 ? [] : [history.writers.at(append)]
      const because =
        append === -1
          ? `${value} is in ${name}, and nobody appended it`
          : `${value} is in ${name} twice, and T${writers[0]} appended it once`
      const kind = append === -1 ? 'unwritten-value' : 'repeated-value'
      anomalies.push(found(kind, writers, name, because))
    }
  }
  return anomalies
}

/** Reads of what an aborted transaction wrote (G1a), or of what was not its writer's last (G1b). */
function dirtyReads(history: ListHistory, orders: readonly Int32Array[]): Anomaly[] {
  const aborted = orders.map((appends) => firstAborted(history, appends))
  const anomalies: Anomaly[] = []
  for (let read = 0; read < history.readers.length; read += 1) {
    const reader = history.readers.at(read)
    const key = history.readKeys.at(read)
    const length = history.readLengths.at(read)
    const name = history.keys[key] as string
    const first = aborted[key]
    if (first !== undefined && first.place < length) {
      const writer = history.writers.at(first.append)
      const value = history.written[first.append]
      const because = `T${reader} read ${value} in ${name}, which T${writer} appended and which was rolled back`
      anomalies.push(found('G1a', [writer, reader], name, because))
    }
    const last = orders[key]?.[length - 1] ?? -1
    if (last === -1) continue
    const writer = history.writers.at(last)
    if (writer === reader || history.isLast.at(last) === 1) continue
    const because = `T${reader} read ${name} as T${writer} left it between two appends of its own`
    anomalies.push(found('G1b', [writer, reader], name, because))
  }
  return anomalies
}

/** Transactions that read one version of a list and then appended to it: all but one were lost. */
function lostUpdates(history: ListHistory): Anomaly[] {
  const first = new PairTable()
  const groups = new Map<number, number[]>()
  for (let at = 0; at < history.updates.length; at += 1) {
    const read = history.updates.at(at)
    const key = history.readKeys.at(read)
    const length = history.readLengths.at(read)
    if (first.add(key, length, read)) continue
    const earliest = first.get(key, length) as number
    const group = groups.get(earliest) ?? [earliest]
    group.push(read)
    groups.set(earliest, group)
  }
  return [...groups].map(([read, reads]) => {
    const name = history.keys[history.readKeys.at(read)] as string
    const transactions = reads.map((each) => history.readers.at(each))
    const names = transactions.map((number) => `T${number}`).join(', ')
    const because = `${names} each read the same version of ${name} and then appended to it`
    return found('lost-update', transactions, name, because)
  })
}

interface AbortedAppend {
  readonly place: number
  readonly append: number
}

function firstAborted(history: ListHistory, appends: Int32Array): AbortedAppend | undefined {
  const place = appends.findIndex(
    (append) => append !== -1 && history.outcomes.at(history.writers.at(append)) === ended.failed,
  )
  return place === -1 ? undefined : { place, append: appends[place] as number }
}

function found(
  kind: AnomalyKind,
  transactions: readonly number[],
  key: string,
  because: string,
): Anomaly {
  return { kind, needs: 'data', transactions, key, because, cycle: [] }
}
