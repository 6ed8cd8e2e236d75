import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'
import type { Direction, FaultKind, FaultSpec, Trigger } from '../fault.ts'
import { piecesOf } from '../piece.ts'
import { selectorOf } from '../trigger.ts'

export interface SliceSpec extends FaultSpec {
  readonly kind: 'slice'
  readonly bytes: number
  readonly delayMs: number
  readonly direction: Direction | 'both'
}

/**
 * Cuts what passes into pieces of one byte to twice `bytes`, each sent on its own, `delayMs` apart:
 * what a program reads at once ends anywhere, even inside a character.
 */
export function slice(
  bytes: number,
  options: { readonly delayMs?: number; readonly direction?: Direction | 'both' } & Trigger = {},
): SliceSpec {
  const { delayMs = 0, direction = 'both', ...when } = options
  return { kind: 'slice', bytes, delayMs, direction, when }
}

export const sliceKind: FaultKind<SliceSpec> = (spec, context) => {
  const selector = selectorOf(spec.when, context)
  const { random } = context
  const healed = new AbortController()
  const nextBytes = (): number =>
    healed.signal.aborted ? Number.POSITIVE_INFINITY : random.integer(1, 2 * spec.bytes - 1)
  return {
    touch: selector.touch,
    awaits: selector.awaits,
    pass: async (chunk, direction, connection, forward) => {
      const seen = selector.seesChunk(chunk, direction, connection)
      const concerned = spec.direction === 'both' || spec.direction === direction
      if (!seen || !concerned || healed.signal.aborted) return forward(chunk)
      for (const piece of piecesOf(chunk, nextBytes)) {
        if (piece.data.length < chunk.data.length) selector.count(connection, chunk)
        await forward(piece)
        if (healed.signal.aborted) continue
        if (spec.delayMs === 0) await nextTurn()
        else await delay(spec.delayMs, undefined, { signal: healed.signal }).catch(() => {})
      }
    },
    heal: () => healed.abort(),
  }
}
