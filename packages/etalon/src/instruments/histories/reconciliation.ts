import type { History, Operation } from './history.ts'

/** How to hold what is in a database against what was acknowledged. */
export interface ReconciliationOptions<Input, Output, Row> {
  /** The key under which what an operation did is found again; no two operations share one. */
  readonly keyOf: (operation: Operation<Input, Output>) => string
  /** What the database holds now. */
  readonly rows: readonly Row[]
  readonly keyOfRow: (row: Row) => string
  /** Whether all that belongs to a row is there with it; every row is whole unless given. */
  readonly isWhole?: (row: Row) => boolean
}

/** What is wrong with a database after a history. A correct one leaves every list empty. */
export interface Reconciliation<Input, Output, Row> {
  /** Acknowledged, and not there. */
  readonly lost: readonly Operation<Input, Output>[]
  /** There more than once, whatever was said of it. */
  readonly repeated: readonly (readonly Row[])[]
  /** Certainly not done by what its caller was told, and there all the same. */
  readonly denied: readonly Operation<Input, Output>[]
  /** There in part. */
  readonly torn: readonly Row[]
  /** There, and never asked for. */
  readonly unexpected: readonly Row[]
  /** Of the operations whose outcome is unknown: how many were done, and how many not. */
  readonly unknown: { readonly done: number; readonly notDone: number }
}

/**
 * Compares every operation with what is in the database. An operation of unknown outcome may have
 * been done or not, but not twice and not in part.
 *
 * @throws RangeError when two operations share a key, because nothing could be said of them
 */
export function reconcile<Input, Output, Row>(
  history: History<Input, Output>,
  { keyOf, rows, keyOfRow, isWhole = () => true }: ReconciliationOptions<Input, Output, Row>,
): Reconciliation<Input, Output, Row> {
  const asked = new Set<string>()
  for (const operation of history.operations) {
    const key = keyOf(operation)
    if (asked.has(key)) throw new RangeError(`reconcile: expected one operation for ${key}`)
    asked.add(key)
  }
  const found = Map.groupBy(rows, keyOfRow)
  const isThere = (operation: Operation<Input, Output>): boolean => found.has(keyOf(operation))
  const done = history.unknown.filter(isThere).length
  return {
    lost: history.ok.filter((operation) => !isThere(operation)),
    repeated: [...found.values()].filter((same) => same.length > 1),
    denied: history.failed.filter(isThere),
    torn: rows.filter((row) => !isWhole(row)),
    unexpected: rows.filter((row) => !asked.has(keyOfRow(row))),
    unknown: { done, notDone: history.unknown.length - done },
  }
}
