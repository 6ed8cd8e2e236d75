import type { Payload } from '../../message/payload.ts'

/** Who came into a universe and who left it. */
export interface MemberDifference {
  readonly symbols_added: readonly string[]
  readonly symbols_removed: readonly string[]
}

/** A message names so many changes; it counts them all, and the log has them. */
const namedMax = 1_000

/**
 * What is told of a universe whose members changed. Where there are more changes than a message
 * names, either kind has half of the room at least.
 */
export function toldChange(
  universe: string,
  { symbols_added: added, symbols_removed: removed }: MemberDifference,
  reasonOf: (symbol: string) => string,
): Payload<'tickstock.universe.updated'> {
  const named = (action: string, symbols: readonly string[], others: readonly string[]) =>
    symbols
      .slice(0, Math.max(namedMax / 2, namedMax - others.length))
      .map((symbol) => ({ action, symbol, reason: reasonOf(symbol) }))
  return {
    universe,
    ...(universe.startsWith('etf_') ? { theme: universe.slice('etf_'.length) } : {}),
    change_count: added.length + removed.length,
    added_count: added.length,
    removed_count: removed.length,
    actions: [...named('removed', removed, added), ...named('added', added, removed)],
  }
}
