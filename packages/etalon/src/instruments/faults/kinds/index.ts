import type { FaultKind, FaultSpec } from '../fault.ts'
import { cutKind } from './cut.ts'
import { holdKind } from './hold.ts'
import { latencyKind } from './latency.ts'

/** Every kind of fault that a link knows. */
const kinds = { cut: cutKind, hold: holdKind, latency: latencyKind }

/** The kind of a specification. @throws RangeError for one that no file in this folder makes */
export function kindOf(spec: FaultSpec): FaultKind {
  const kind = (kinds as unknown as Readonly<Record<string, FaultKind>>)[spec.kind]
  if (kind) return kind
  throw new RangeError(`expected a fault of ${Object.keys(kinds).join(', ')}, found ${spec.kind}`)
}
