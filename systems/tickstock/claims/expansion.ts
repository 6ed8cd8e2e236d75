import type { SystemHandle } from 'etalon'
import { command, type Answered } from './command.ts'

/** What `etf-universe expand` tells. */
export interface Expansion {
  readonly themes: number
  readonly symbols: number
  readonly candidates: number
  readonly accepted: number
  readonly rejected: number
  readonly changed: readonly string[]
  readonly universes: readonly ExpandedUniverse[]
}

export interface ExpandedUniverse {
  readonly universe: string
  readonly action: 'created' | 'updated' | 'unchanged'
  readonly candidates: number
  readonly accepted: readonly string[]
  readonly rejected: readonly { readonly symbol: string; readonly reasons: readonly string[] }[]
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/** Expands the universes of all themes, or of those that are named. */
export function expand(
  system: SystemHandle,
  ...themes: readonly string[]
): Promise<Answered<Expansion>> {
  const named = themes.length === 0 ? [] : ['--theme', ...themes]
  return command<Expansion>(system, 'etf-universe', 'expand', ...named)
}
