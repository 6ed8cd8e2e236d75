import type { FaultKind, FaultSpec, Trigger } from '../fault.ts'
import { selectorOf } from '../trigger.ts'

export interface CutSpec extends FaultSpec {
  readonly kind: 'cut'
  /** With a reset (RST) instead of an orderly end (FIN). */
  readonly reset: boolean
}

/** Cuts a connection: at the message that triggers it, before it or its answer is passed on. */
export function cut(when: Trigger = {}): CutSpec {
  return { kind: 'cut', reset: false, when }
}

/** Resets a connection, as a crashed host or a firewall does. */
export function reset(when: Trigger = {}): CutSpec {
  return { kind: 'cut', reset: true, when }
}

/** The chunk that triggers the cut is not passed on. */
export const cutKind: FaultKind<CutSpec> = (spec, context) => {
  const selector = selectorOf(spec.when, context)
  let healed = false
  return {
    touch: selector.touch,
    awaits: selector.awaits,
    pass: async (chunk, direction, connection, forward) => {
      if (healed || !selector.takesChunk(chunk, direction, connection)) return forward(chunk)
      if (spec.reset) connection.reset()
      else connection.cut()
    },
    heal: () => {
      healed = true
    },
  }
}
