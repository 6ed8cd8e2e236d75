import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../../kernel/clock.ts'
import type { Direction, FaultKind, FaultSpec, Trigger } from '../fault.ts'
import { selectorOf, usualDirection } from '../trigger.ts'

export interface LatencySpec extends FaultSpec {
  readonly kind: 'latency'
  readonly delayMs: number
  /** Each chunk waits up to this much longer or shorter, evenly drawn. */
  readonly jitterMs: number
  readonly direction: Direction | 'both'
}

/** Delays what passes; order is kept, and the rate is not reduced. */
export function latency(
  delayMs: number,
  options: { readonly jitterMs?: number; readonly direction?: Direction | 'both' } & Trigger = {},
): LatencySpec {
  const { jitterMs = 0, direction = usualDirection(options), ...when } = options
  return { kind: 'latency', delayMs, jitterMs, direction, when }
}

/** The delay counts from when the chunk came, so that time spent behind others is not added. */
export const latencyKind: FaultKind<LatencySpec> = (spec, context) => {
  const selector = selectorOf(spec.when, context)
  const { random } = context
  const healed = new AbortController()
  return {
    touch: selector.touch,
    awaits: selector.awaits,
    pass: async (chunk, direction, connection, forward) => {
      const seen = selector.seesChunk(chunk, direction, connection)
      const concerned = spec.direction === 'both' || spec.direction === direction
      if (seen && concerned && !healed.signal.aborted) {
        const jitterMs = (random.fraction() * 2 - 1) * spec.jitterMs
        const waitMs = chunk.receivedAtMs + spec.delayMs + jitterMs - monotonicMs()
        if (waitMs > 0) {
          selector.count(connection, chunk)
          await delay(waitMs, undefined, { signal: healed.signal }).catch(() => {})
        }
      }
      return forward(chunk)
    },
    heal: () => healed.abort(),
  }
}
