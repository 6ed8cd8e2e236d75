import { ListHistory } from './list-history.ts'
import { cyclesOf } from './list-graph.ts'
import { scanList } from './list-scan.ts'
import { reportOf, type CycleOptions, type CycleReport } from './report.ts'
import type { ListTransaction } from './transaction.ts'

/** Takes transactions over lists one by one, so that a long history needs no memory for its reads. */
export interface ListCheck {
  add(transaction: ListTransaction): void
  /** Judges what was added. */
  finish(): CycleReport
}

/**
 * Checks a history of transactions over lists for isolation anomalies: reads show the order in
 * which each list grew, that order gives the dependencies between transactions, and an anomaly is
 * a cycle of them. Sound: what it reports cannot have come from the level that forbids it. Linear
 * in the elements read, apart from the search inside of what it found.
 *
 * Kingsbury and Alvaro 2020, "Elle: Inferring Isolation Anomalies from Experimental Observations",
 * sections 4 and 5; names of the anomalies from Adya 1999.
 *
 * @throws ETALON_HISTORY_VALUE_REPEATED when one value is appended twice to one key: then reads
 *   show no order
 */
export function listAppend({ isStrict = false }: CycleOptions = {}): ListCheck {
  const history = new ListHistory()
  return {
    add: (transaction) => history.add(transaction),
    finish: () => {
      const orders = history.appendsInOrder()
      const found = [...scanList(history, orders), ...cyclesOf(history, orders, isStrict)]
      return reportOf(history.size, found)
    },
  }
}

/** {@link listAppend} over a history that is there as a whole. */
export function checkListAppend(
  transactions: Iterable<ListTransaction>,
  options?: CycleOptions,
): CycleReport {
  const check = listAppend(options)
  for (const transaction of transactions) check.add(transaction)
  return check.finish()
}
