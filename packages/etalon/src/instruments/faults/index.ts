export type { Direction, FaultSpec, FaultTouch, Trigger } from './fault.ts'
export { createFaults, type Faults, type FaultTargets } from './faults.ts'
export { cut, reset } from './kinds/cut.ts'
export { hold } from './kinds/hold.ts'
export { kill } from './kinds/kill.ts'
export { latency } from './kinds/latency.ts'
export { memoryLimit } from './kinds/memory-limit.ts'
export { pause } from './kinds/pause.ts'
export { restart } from './kinds/restart.ts'
export {
  openLink,
  type HeldOptions,
  type InjectedFault,
  type Link,
  type LinkOptions,
} from './link.ts'
export type { ProcessTarget } from './process-target.ts'
export { drawSchedule, type Disturbance, type SchedulePlan } from './schedule.ts'
export { statement } from './statement.ts'
