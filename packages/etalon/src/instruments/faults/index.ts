export type { Direction, FaultSpec, FaultTouch, Trigger } from './fault.ts'
export { createFaults, type Faults } from './faults.ts'
export { cut, reset } from './kinds/cut.ts'
export { hold } from './kinds/hold.ts'
export { latency } from './kinds/latency.ts'
export {
  openLink,
  type HeldOptions,
  type InjectedFault,
  type Link,
  type LinkOptions,
} from './link.ts'
export { statement } from './statement.ts'
