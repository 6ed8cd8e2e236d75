import type { FaultKind, FaultSpec, LinkConnection, Trigger } from '../fault.ts'
import { selectorOf } from '../trigger.ts'

export interface HalfOpenSpec extends FaultSpec {
  readonly kind: 'half-open'
}

/**
 * Lets a connection die without a word, as when a cable is pulled or a firewall forgets it: what is
 * sent vanishes, an end on one side is not told to the other, and both believe it open. Healing
 * resets it, because bytes of it are lost.
 */
export function halfOpen(when: Trigger = {}): HalfOpenSpec {
  return { kind: 'half-open', when }
}

export const halfOpenKind: FaultKind<HalfOpenSpec> = (spec, context) => {
  const selector = selectorOf(spec.when, context)
  const dead = new Map<number, LinkConnection>()
  const { promise: over, resolve: end } = Promise.withResolvers<void>()
  let healed = false
  return {
    touch: selector.touch,
    awaits: selector.awaits,
    pass: async (chunk, direction, connection, forward) => {
      if (dead.has(connection.number)) return
      if (healed || !selector.takesChunk(chunk, direction, connection)) return forward(chunk)
      connection.detach()
      dead.set(connection.number, connection)
    },
    ended: async (_direction, { number }) => {
      if (dead.has(number)) await over
    },
    heal: () => {
      healed = true
      for (const connection of dead.values()) connection.reset()
      end()
    },
  }
}
