export {
  findCapacity,
  type Budget,
  type Capacity,
  type CapacityStep,
  type Levels,
} from './capacity/capacity.ts'
export { fitScalabilityLaw, type Level, type ScalabilityLaw } from './capacity/scalability-law.ts'
export { createLoad, type Load, type LoadOptions, type LoadRequest, type LoadWork } from './load.ts'
export type { LoadProgress } from './driver/driver-message.ts'
export { scenario, type Scenario } from './full/scenario.ts'
export type { ScenarioUser, StepAnswer, StepRequest } from './full/scenario-user.ts'
export { chartOf } from './output/chart.ts'
export { csvOf } from './output/csv.ts'
export { hdrLogOf } from './output/hdr-log.ts'
export { postgresProbe } from './resources/postgres-probe.ts'
export type { Probe, Reading, ResourceSample } from './resources/probe.ts'
export { processProbe } from './resources/process-probe.ts'
export { redisProbe } from './resources/redis-probe.ts'
export type { LoadComparison } from './result/comparison.ts'
export type { Latency } from './result/latency.ts'
export type { LoadRun, OutcomeCounts, SeriesRun } from './result/load-run.ts'
export { summaryOf, type LoadSummary } from './result/summary.ts'
export { constantRate } from './shapes/constant-rate.ts'
export { users } from './shapes/constant-users.ts'
export type { AnyShape } from './shapes/index.ts'
export { rampingRate } from './shapes/ramping-rate.ts'
export { rampingUsers } from './shapes/ramping-users.ts'
export { spike } from './shapes/spike.ts'
export type { ThinkTime } from './shapes/think-time.ts'
