import type { FaultSpec } from '../fault.ts'
import { touchOf, type ProcessFaultKind } from '../process-target.ts'

export interface CpuLimitSpec extends FaultSpec {
  readonly kind: 'cpu-limit'
  readonly share: number
}

/**
 * Lets the target run for a share of the time only, above 0 and below 1: it stands still for the
 * rest, twenty times a second, as under a quota of processor time. Healing lets it run freely.
 */
export function cpuLimit(share: number): CpuLimitSpec {
  return { kind: 'cpu-limit', share }
}

export const cpuLimitKind: ProcessFaultKind<CpuLimitSpec> = async (spec, target) => {
  const touch = touchOf(target.pids().length, target.connections())
  const lift = target.limitCpu(spec.share)
  return { touch, heal: async () => lift() }
}
