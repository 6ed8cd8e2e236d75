import type { FaultKind, FaultSpec, Trigger } from '../fault.ts'
import { selectorOf } from '../trigger.ts'

export interface HoldSpec extends FaultSpec {
  readonly kind: 'hold'
}

/**
 * Holds a connection at the message that triggers it and tells the owner, who can then do something
 * at exactly this moment: kill the system, restart the service. What follows on the connection in
 * the same direction waits behind it.
 */
export function hold(when: Trigger = {}): HoldSpec {
  return { kind: 'hold', when }
}

export const holdKind: FaultKind<HoldSpec> = (spec, context) => {
  const selector = selectorOf(spec.when, context)
  const releases = new Set<() => void>()
  let healed = false
  return {
    touch: selector.touch,
    awaits: selector.awaits,
    pass: async (chunk, direction, connection, forward) => {
      if (!healed && selector.takesChunk(chunk, direction, connection)) {
        const released = new Promise<void>((resolve) => releases.add(resolve))
        context.tell('held')
        await released
      }
      return forward(chunk)
    },
    heal: () => {
      healed = true
      for (const release of releases) release()
    },
  }
}
