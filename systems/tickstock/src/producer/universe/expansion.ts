import { inTransaction, type Sql } from 'service-kit'
import { channels } from '../../message/channel.ts'
import type { Producer } from '../producer.ts'
import { publish } from '../publication.ts'
import type { ReferenceProvider } from '../reference/provider.ts'
import { themes as allThemes, universeKeyOf, type Theme } from '../reference/theme.ts'
import { upsertEtfs, upsertSymbols } from '../store/reference.ts'
import {
  awaitExpansionTurn,
  expandThemes,
  findUnknownEtfs,
  weighUniverses,
  type ExpandedTheme,
} from '../store/universe.ts'
import { toldChange } from './told-change.ts'

/** What an expansion found and changed. */
export interface Expansion {
  readonly themes: number
  /** Symbols that were judged, each counted once. */
  readonly symbols: number
  /** Symbols that were judged, counted once for each theme. */
  readonly candidates: number
  readonly accepted: number
  readonly rejected: number
  /** Universes whose members changed. */
  readonly changed: readonly string[]
  readonly universes: readonly ExpandedUniverse[]
}

/** The part of one theme. */
export interface ExpandedUniverse {
  readonly universe: string
  readonly action: 'created' | 'updated' | 'unchanged'
  readonly candidates: number
  readonly accepted: readonly string[]
  readonly rejected: ExpandedTheme['rejected']
  readonly added: readonly string[]
  readonly removed: readonly string[]
}

/**
 * Makes the universe of each theme hold those of its candidates that meet its filter, and tells of
 * every universe that changed and of the whole. Candidates that nobody knows yet are asked of the
 * provider first. Expansions go one after the other: what the second finds done, it leaves.
 */
export async function expandUniverses(
  { pool, clock }: Pick<Producer, 'pool' | 'clock'>,
  provider: ReferenceProvider,
  themes: readonly Theme[] = allThemes,
): Promise<Expansion> {
  return inTransaction(pool, async (tx) => {
    await awaitExpansionTurn(tx)
    await learnCandidates(tx, provider, themes, clock.now())
    const expanded = await expandThemes(tx, JSON.stringify(themes.map(toRow)))
    await weighUniverses(
      tx,
      expanded.map(({ change }) => change.cache_key),
    )
    const expansion = toExpansion(themes, expanded)
    for (const theme of expanded) await tellChange(tx, theme)
    const { universes: _universes, ...summary } = expansion
    const change_count = expanded.reduce((count, { change }) => count + changesOf(change), 0)
    const payload = { change_count, actions: [], summary }
    await publish(tx, channels.universeUpdated, 'expansion_complete', payload)
    return expansion
  })
}

function toRow({
  name,
  candidates,
  filter,
  description,
  focus,
  rebalanceFrequency,
}: Theme): object {
  const metadata = {
    theme: name,
    description,
    criteria: filter,
    focus,
    rebalance_frequency: rebalanceFrequency,
  }
  return { name, candidates, filter, metadata }
}

async function learnCandidates(
  tx: Sql,
  provider: ReferenceProvider,
  themes: readonly Theme[],
  asOf: Date,
): Promise<void> {
  const rows = await findUnknownEtfs(
    tx,
    themes.flatMap(({ candidates }) => candidates),
  )
  if (rows.length === 0) return
  const unknown = new Set(rows.map(({ symbol }) => symbol))
  const listed = (await provider.symbols()).filter(({ symbol }) => unknown.has(symbol))
  const facts = await provider.etfs(listed.map(({ symbol }) => symbol))
  await upsertSymbols(tx, JSON.stringify(listed), provider.source, asOf)
  await upsertEtfs(tx, JSON.stringify(facts), provider.source, asOf)
}

async function tellChange(tx: Sql, { reasons, change }: ExpandedTheme): Promise<void> {
  const reasonOf = (symbol: string): string => reasons[symbol] ?? 'is no longer a candidate'
  const told = toldChange(change.cache_key, change, reasonOf)
  if (told.change_count === 0) return
  await publish(tx, channels.universeUpdated, 'universe_updated', told)
}

function toExpansion(themes: readonly Theme[], expanded: readonly ExpandedTheme[]): Expansion {
  const universes = expanded.map(({ theme, candidates, accepted, rejected, change }) => ({
    universe: universeKeyOf(theme),
    action: change.action,
    candidates,
    accepted,
    rejected,
    added: change.symbols_added,
    removed: change.symbols_removed,
  }))
  const sum = (count: (one: ExpandedUniverse) => number): number =>
    universes.reduce((total, one) => total + count(one), 0)
  return {
    themes: themes.length,
    symbols: new Set(themes.flatMap(({ candidates }) => candidates)).size,
    candidates: sum(({ candidates }) => candidates),
    accepted: sum(({ accepted }) => accepted.length),
    rejected: sum(({ rejected }) => rejected.length),
    changed: expanded
      .filter(({ change }) => changesOf(change) > 0)
      .map(({ change }) => change.cache_key),
    universes,
  }
}

const changesOf = (change: ExpandedTheme['change']): number =>
  change.symbols_added.length + change.symbols_removed.length
