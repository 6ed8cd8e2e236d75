import type { FaultSpec } from '../fault.ts'
import { revive, touchOf, type ProcessFaultKind } from '../process-target.ts'

export interface RestartSpec extends FaultSpec {
  readonly kind: 'restart'
}

/**
 * Stops the target in order, as a deployment does: it may finish what it is doing. Healing starts it
 * again on its port and its data and waits until it is ready.
 */
export function restart(): RestartSpec {
  return { kind: 'restart' }
}

export const restartKind: ProcessFaultKind<RestartSpec> = async (_spec, target) => {
  const touch = touchOf(target.pids().length, target.connections())
  await target.stop()
  return { touch, heal: () => revive(target) }
}
