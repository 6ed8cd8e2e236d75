import type { FaultSpec, FaultTouch } from '../fault.ts'
import { revive, touchOf, type ProcessFaultKind } from '../process-target.ts'

export interface MemoryPressureSpec extends FaultSpec {
  readonly kind: 'memory-pressure'
  readonly headroomBytes: number
  readonly policy: string
}

/**
 * Lets Redis hold only so many bytes more than it does (`maxmemory`). Past that it refuses what
 * would need more, or evicts keys by another policy. It has touched something only when a command
 * was refused or a key evicted; how many that were are its `messages`.
 */
export function memoryPressure(headroomBytes: number, policy = 'noeviction'): MemoryPressureSpec {
  return { kind: 'memory-pressure', headroomBytes, policy }
}

export const memoryPressureKind: ProcessFaultKind<MemoryPressureSpec> = async (spec, target) => {
  if (!target.limitStore) throw new RangeError('expected redis as the target of memoryPressure')
  let touch: FaultTouch = touchOf(0, 0)
  if (!target.isRunning()) return { touch, heal: () => revive(target) }
  const processes = target.pids().length
  const connections = target.connections()
  const limit = await target.limitStore(spec.headroomBytes, spec.policy)
  const look = async (): Promise<FaultTouch> => {
    const messages = await limit.felt()
    return messages > 0 ? { ...touchOf(processes, connections), messages } : touchOf(0, 0)
  }
  return {
    get touch() {
      return touch
    },
    look,
    heal: async () => {
      // One that was killed meanwhile has forgotten the limit, and what it refused.
      await revive(target)
      touch = await look()
      await limit.lift()
    },
  }
}
