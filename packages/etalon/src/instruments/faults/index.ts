export type { Direction, FaultSpec, FaultTouch, Protocol, Trigger } from './fault.ts'
export { createFaults, type Faults, type FaultTargets } from './faults.ts'
export { bandwidth } from './kinds/bandwidth.ts'
export { cpuLimit } from './kinds/cpu-limit.ts'
export { cut, reset } from './kinds/cut.ts'
export { fail } from './kinds/fail.ts'
export { halfOpen } from './kinds/half-open.ts'
export { hold } from './kinds/hold.ts'
export { kill } from './kinds/kill.ts'
export { latency } from './kinds/latency.ts'
export { limitBytes } from './kinds/limit-bytes.ts'
export { memoryLimit } from './kinds/memory-limit.ts'
export { memoryPressure } from './kinds/memory-pressure.ts'
export { pause } from './kinds/pause.ts'
export { restart } from './kinds/restart.ts'
export { slice } from './kinds/slice.ts'
export { slowClose } from './kinds/slow-close.ts'
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
