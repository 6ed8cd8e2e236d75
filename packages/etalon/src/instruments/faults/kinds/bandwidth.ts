import { setTimeout as delay } from 'node:timers/promises'
import { monotonicMs } from '../../../kernel/clock.ts'
import type { Direction, FaultKind, FaultSpec, Trigger } from '../fault.ts'
import { piecesOf } from '../piece.ts'
import { selectorOf, usualDirection } from '../trigger.ts'

export interface BandwidthSpec extends FaultSpec {
  readonly kind: 'bandwidth'
  readonly bytesPerS: number
  readonly direction: Direction | 'both'
}

/** Lets no more than so many bytes a second through, on each connection and in each direction. */
export function bandwidth(
  bytesPerS: number,
  options: { readonly direction?: Direction | 'both' } & Trigger = {},
): BandwidthSpec {
  const { direction = usualDirection(options), ...when } = options
  return { kind: 'bandwidth', bytesPerS, direction, when }
}

/** Timers are not exact below this; what is sent too early is owed to the next piece. */
const pieceMs = 10
const debtMsMax = 2

export const bandwidthKind: FaultKind<BandwidthSpec> = (spec, context) => {
  const selector = selectorOf(spec.when, context)
  const healed = new AbortController()
  const pieceBytes = Math.max(1, Math.ceil((spec.bytesPerS * pieceMs) / 1_000))
  /** When each connection's direction is free again. */
  const freeAtMs = new Map<string, number>()
  return {
    touch: selector.touch,
    awaits: selector.awaits,
    pass: async (chunk, direction, connection, forward) => {
      const seen = selector.seesChunk(chunk, direction, connection)
      const concerned = spec.direction === 'both' || spec.direction === direction
      if (!seen || !concerned) return forward(chunk)
      const lane = `${connection.number}/${direction}`
      for (const piece of piecesOf(chunk, () => pieceBytes)) {
        const startMs = Math.max(freeAtMs.get(lane) ?? 0, monotonicMs())
        const endMs = startMs + (1_000 * piece.data.length) / spec.bytesPerS
        freeAtMs.set(lane, endMs)
        const waitMs = endMs - monotonicMs()
        if (waitMs > debtMsMax && !healed.signal.aborted) {
          selector.count(connection, chunk)
          await delay(waitMs, undefined, { signal: healed.signal }).catch(() => {})
        }
        await forward(piece)
      }
    },
    heal: () => healed.abort(),
  }
}
