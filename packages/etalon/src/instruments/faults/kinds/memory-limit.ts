import type { FaultSpec } from '../fault.ts'
import { revive, touchOf, type ProcessFaultKind } from '../process-target.ts'

export interface MemoryLimitSpec extends FaultSpec {
  readonly kind: 'memory-limit'
  readonly headroomBytes: number
}

/**
 * Lets each process of the target take only so many bytes of address space more than it has; past
 * that the kernel refuses it memory. Healing lifts the limit, and starts the target again if it
 * ended of it.
 */
export function memoryLimit(headroomBytes: number): MemoryLimitSpec {
  return { kind: 'memory-limit', headroomBytes }
}

export const memoryLimitKind: ProcessFaultKind<MemoryLimitSpec> = async (spec, target) => {
  const touch = touchOf(target.pids().length, target.connections())
  const lift = target.limitMemory(spec.headroomBytes)
  return {
    touch,
    heal: async () => {
      lift()
      await revive(target)
    },
  }
}
