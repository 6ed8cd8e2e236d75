import type { FaultSpec } from '../fault.ts'
import { revive, touchOf, type ProcessFaultKind } from '../process-target.ts'

export interface KillSpec extends FaultSpec {
  readonly kind: 'kill'
}

/**
 * Ends every process of the target at once (SIGKILL), as a crash does. Healing starts it again on its
 * port and its data and waits until it is ready.
 */
export function kill(): KillSpec {
  return { kind: 'kill' }
}

export const killKind: ProcessFaultKind<KillSpec> = async (_spec, target) => {
  const connections = target.connections()
  const processes = await target.kill()
  return { touch: touchOf(processes, connections), heal: () => revive(target) }
}
