import type { Direction, FaultKind, FaultSpec, Trigger } from '../fault.ts'
import { selectorOf, usualDirection } from '../trigger.ts'

export interface LimitBytesSpec extends FaultSpec {
  readonly kind: 'limit-bytes'
  readonly bytes: number
  readonly direction: Direction
}

/** Cuts each connection once so many bytes have passed in one direction, wherever that is. */
export function limitBytes(
  bytes: number,
  options: { readonly direction?: Direction } & Trigger = {},
): LimitBytesSpec {
  const { direction = usualDirection(options), ...when } = options
  return { kind: 'limit-bytes', bytes, direction, when }
}

export const limitBytesKind: FaultKind<LimitBytesSpec> = (spec, context) => {
  const selector = selectorOf(spec.when, context)
  const passed = new Map<number, number>()
  let healed = false
  return {
    touch: selector.touch,
    awaits: selector.awaits,
    pass: async (chunk, direction, connection, forward) => {
      const seen = selector.seesChunk(chunk, direction, connection)
      if (!seen || healed || direction !== spec.direction) return forward(chunk)
      const before = passed.get(connection.number) ?? 0
      const after = before + chunk.data.length
      passed.set(connection.number, after)
      if (after < spec.bytes) return forward(chunk)
      selector.count(connection, chunk)
      if (before < spec.bytes) {
        await forward({ ...chunk, data: chunk.data.subarray(0, spec.bytes - before) })
      }
      connection.cut()
    },
    heal: () => {
      healed = true
    },
  }
}
