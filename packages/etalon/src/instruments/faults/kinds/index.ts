import type { FaultKind, FaultSpec } from '../fault.ts'
import type { ProcessFaultKind } from '../process-target.ts'
import { bandwidthKind } from './bandwidth.ts'
import { cpuLimitKind } from './cpu-limit.ts'
import { cutKind } from './cut.ts'
import { failKind } from './fail.ts'
import { halfOpenKind } from './half-open.ts'
import { holdKind } from './hold.ts'
import { killKind } from './kill.ts'
import { latencyKind } from './latency.ts'
import { limitBytesKind } from './limit-bytes.ts'
import { memoryLimitKind } from './memory-limit.ts'
import { memoryPressureKind } from './memory-pressure.ts'
import { pauseKind } from './pause.ts'
import { restartKind } from './restart.ts'
import { sliceKind } from './slice.ts'
import { slowCloseKind } from './slow-close.ts'

/** Every kind of fault that a link knows. */
const kinds = {
  bandwidth: bandwidthKind,
  cut: cutKind,
  fail: failKind,
  'half-open': halfOpenKind,
  hold: holdKind,
  latency: latencyKind,
  'limit-bytes': limitBytesKind,
  slice: sliceKind,
  'slow-close': slowCloseKind,
}

/** Every kind of fault that processes can be disturbed by. */
const processKinds = {
  'cpu-limit': cpuLimitKind,
  kill: killKind,
  'memory-limit': memoryLimitKind,
  'memory-pressure': memoryPressureKind,
  pause: pauseKind,
  restart: restartKind,
}

/** Whether a specification is of a fault of processes rather than of a link. */
export function isProcessFault(spec: FaultSpec): boolean {
  return spec.kind in processKinds
}

/** The kind of a specification of a fault of processes. @throws RangeError for any other */
export function processKindOf(spec: FaultSpec): ProcessFaultKind {
  const kind = (processKinds as unknown as Readonly<Record<string, ProcessFaultKind>>)[spec.kind]
  if (kind) return kind
  const known = Object.keys(processKinds).join(', ')
  throw new RangeError(`expected a fault of ${known}, found ${spec.kind}`)
}

/** The kind of a specification. @throws RangeError for one that no file in this folder makes */
export function kindOf(spec: FaultSpec): FaultKind {
  const kind = (kinds as unknown as Readonly<Record<string, FaultKind>>)[spec.kind]
  if (kind) return kind
  throw new RangeError(`expected a fault of ${Object.keys(kinds).join(', ')}, found ${spec.kind}`)
}
