export { createHistories, type ConcurrentOptions, type Histories } from './histories.ts'
export { historyOf, type History, type Operation, type Outcome } from './history.ts'
export { failed, ok, outcomeOfResponse, unknown } from './outcome.ts'
export {
  boundViolations,
  lostUpdates,
  sumBounds,
  type BoundViolation,
  type LostUpdate,
  type SumBounds,
} from './checks.ts'
export { reconcile, type Reconciliation, type ReconciliationOptions } from './reconciliation.ts'
