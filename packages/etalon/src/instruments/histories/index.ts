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
export {
  describeAnomaly,
  levels,
  type Anomaly,
  type Dependence,
  type Level,
} from './cycles/anomaly.ts'
export { checkListAppend, listAppend, type ListCheck } from './cycles/list-append.ts'
export { checkRegisters } from './cycles/register.ts'
export type { CycleOptions, CycleReport } from './cycles/report.ts'
export type {
  ListStep,
  ListTransaction,
  RegisterStep,
  RegisterTransaction,
} from './cycles/transaction.ts'
export {
  checkLinearizable,
  register,
  type LinearizabilityResult,
  type Model,
  type RegisterInput,
} from './linearizability.ts'
