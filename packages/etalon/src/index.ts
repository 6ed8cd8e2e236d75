export type { BaselineLookup, KeptFigure } from './claims/baseline.ts'
export { claim, type ClaimBody, type ClaimOptions } from './claims/claim.ts'
export type { ClaimContext } from './claims/context.ts'
export { defect, type Defect } from './claims/defect.ts'
export {
  environment,
  rebuilt,
  source,
  sources,
  sql,
  type Plant,
  type RevisionPlant,
  type SourceChange,
} from './claims/plant.ts'
export { measureOnce } from './claims/measure-once.ts'
export type { Prove, QuantityProof, ValueProof } from './claims/proof.ts'
export {
  numberedMigrations,
  type MigrationCommand,
  type NumberedMigrations,
} from './claims/numbered-migrations.ts'
export { signedIn, type TokenHolder } from './claims/signed-in.ts'
export {
  defineSystem,
  type SignedIn,
  type SignInTools,
  type SystemConfig,
} from './claims/system-config.ts'
export type { Actor, CommandEnv, CommandResult, SystemHandle } from './claims/system-handle.ts'
export type { Services } from './environment/system-definition.ts'
export type { Allowed, Boundaries, BoundaryRun, Edge } from './instruments/boundaries/index.ts'
export type {
  Canary,
  CanaryOptions,
  CanaryResult,
  CanaryTraffic,
} from './instruments/canary/index.ts'
export {
  bandwidth,
  cpuLimit,
  cut,
  fail,
  halfOpen,
  hold,
  kill,
  latency,
  limitBytes,
  memoryLimit,
  memoryPressure,
  pause,
  reset,
  restart,
  slice,
  slowClose,
  statement,
  type Faults,
  type SchedulePlan,
} from './instruments/faults/index.ts'
export type {
  ContractOptions,
  ContractRun,
  OperationRow,
  Violation,
} from './instruments/contract/index.ts'
export type { Coverage, FileReach, Reach, ReachedCode } from './instruments/coverage/index.ts'
export {
  only,
  open,
  owned,
  scoped,
  type HttpMatrix,
  type IsolationRun,
  type RowMatrix,
  type Rule,
  type Things,
} from './instruments/isolation/index.ts'
export { signToken, type HttpClient, type HttpResponse } from './instruments/http/index.ts'
export {
  boundViolations,
  checkLinearizable,
  checkListAppend,
  checkRegisters,
  describeAnomaly,
  failed,
  historyOf,
  listAppend,
  lostUpdates,
  ok,
  outcomeOfResponse,
  reconcile,
  register,
  sumBounds,
  unknown,
  type Anomaly,
  type CycleReport,
  type History,
  type ListStep,
  type ListTransaction,
  type Model,
  type Outcome,
  type Reconciliation,
  type RegisterInput,
  type RegisterStep,
  type RegisterTransaction,
} from './instruments/histories/index.ts'
export {
  constantRate,
  findCapacity,
  postgresProbe,
  processProbe,
  rampingRate,
  rampingUsers,
  redisProbe,
  spike,
  users,
  type LoadRequest,
  type LoadRun,
} from './instruments/load/index.ts'
export type { Recovery, RecoveryRun, TrafficHandle } from './instruments/recovery/index.ts'
export type {
  Backlog,
  BacklogLook,
  HeardAccount,
  Incoming,
  MessageFacts,
  Messages,
  Receiver,
} from './instruments/messages/index.ts'
export {
  describeDifference,
  type Difference,
  type Migrations,
  type MigrationSteps,
} from './instruments/migrations/index.ts'
export type {
  Conversation,
  Crowd,
  CrowdAccount,
  CrowdOptions,
  Reconnection,
  Sockets,
} from './instruments/sockets/index.ts'
export {
  heldStatement,
  readSchema,
  type Plan,
  type Schema,
  type Sql,
} from './instruments/sql/index.ts'
export { eventually } from './kernel/clock.ts'
export type { Findings } from './kernel/findings.ts'
export { openLedger, type Account, type Ledger } from './kernel/ledger/index.ts'
export type { Random } from './kernel/random.ts'
export type { Estimate } from './kernel/estimate.ts'
