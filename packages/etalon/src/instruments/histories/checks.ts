import type { History, Operation } from './history.ts'

/**
 * What a total may be after a history: every acknowledged change counts once, every unknown one at
 * most once (Jepsen's counter check). Amounts must not be negative.
 */
export interface SumBounds {
  readonly acknowledged: number
  /** Acknowledged plus all whose outcome is unknown. */
  readonly attempted: number
}

/** Bounds of the sum that a history leaves behind. */
export function sumBounds<Input, Output>(
  history: History<Input, Output>,
  amountOf: (operation: Operation<Input, Output>) => number,
): SumBounds {
  const sum = (operations: readonly Operation<Input, Output>[]): number =>
    operations.reduce((total, operation) => total + amountOf(operation), 0)
  const acknowledged = sum(history.ok)
  return { acknowledged, attempted: acknowledged + sum(history.unknown) }
}

/** Acknowledged operations that all started from the same version: all but one were lost. */
export interface LostUpdate {
  readonly version: string | number
  readonly operations: readonly number[]
}

/**
 * Finds lost updates: two or more acknowledged changes that were based on the same version of one
 * thing. Linear in the history; needs no knowledge of the order in which versions were made.
 */
export function lostUpdates<Input, Output>(
  history: History<Input, Output>,
  baseVersionOf: (operation: Operation<Input, Output>) => string | number,
): LostUpdate[] {
  const byVersion = Map.groupBy(history.ok, baseVersionOf)
  return [...byVersion]
    .filter(([, operations]) => operations.length > 1)
    .map(([version, operations]) => ({ version, operations: operations.map(({ index }) => index) }))
}

/** A moment at which a value lay outside its bounds. */
export interface BoundViolation {
  readonly operation: number
  readonly value: number
}

/** Finds acknowledged results outside the bounds, for example a balance below zero. */
export function boundViolations<Input, Output>(
  history: History<Input, Output>,
  valueOf: (operation: Operation<Input, Output>) => number,
  bounds: { readonly min?: number; readonly max?: number },
): BoundViolation[] {
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = bounds
  return history.ok
    .map((operation) => ({ operation: operation.index, value: valueOf(operation) }))
    .filter(({ value }) => value < min || value > max)
}
