import type { FaultSpec } from '../fault.ts'
import { touchOf, type ProcessFaultKind } from '../process-target.ts'

export interface PauseSpec extends FaultSpec {
  readonly kind: 'pause'
}

/**
 * Stops every process of the target where it stands (SIGSTOP), as a machine does that swaps or is
 * moved: its connections stay open and nobody answers. Healing lets it go on (SIGCONT).
 */
export function pause(): PauseSpec {
  return { kind: 'pause' }
}

export const pauseKind: ProcessFaultKind<PauseSpec> = async (_spec, target) => {
  const connections = target.connections()
  const frozen = await target.freeze()
  return {
    touch: touchOf(frozen.length, connections),
    heal: async () => target.thaw(frozen),
  }
}
