export type { Ending, TrafficOperation } from './operation.ts'
export {
  createRecovery,
  type TrafficHandle,
  type Recovery,
  type RecoveryOptions,
} from './recovery.ts'
export type { Recovered, RecoveryRun } from './recovery-run.ts'
export { settledAtMs, type Settled } from './settled.ts'
