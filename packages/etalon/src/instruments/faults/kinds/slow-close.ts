import { setTimeout as delay } from 'node:timers/promises'
import type { FaultKind, FaultSpec, Trigger } from '../fault.ts'
import { selectorOf } from '../trigger.ts'

export interface SlowCloseSpec extends FaultSpec {
  readonly kind: 'slow-close'
  readonly delayMs: number
}

/** Tells one side only so much later that the other has ended the connection. */
export function slowClose(delayMs: number, when: Omit<Trigger, 'message'> = {}): SlowCloseSpec {
  return { kind: 'slow-close', delayMs, when }
}

export const slowCloseKind: FaultKind<SlowCloseSpec> = (spec, context) => {
  const selector = selectorOf(spec.when, context)
  const healed = new AbortController()
  return {
    touch: selector.touch,
    pass: (chunk, _direction, _connection, forward) => forward(chunk),
    ended: async (_direction, connection) => {
      if (healed.signal.aborted || !selector.takes(connection)) return
      selector.count(connection)
      await delay(spec.delayMs, undefined, { signal: healed.signal }).catch(() => {})
    },
    heal: () => healed.abort(),
  }
}
