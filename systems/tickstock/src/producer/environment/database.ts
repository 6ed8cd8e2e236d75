import type { Pool } from 'pg'
import { findMissingColumns, findMissingFunctions, findVersion } from '../store/environment.ts'
import { ask, check, type EnvironmentCheck } from './check.ts'

const versionMin = 180_000

/** The columns of the enhanced `cache_entries`, and one column of each further table. */
const columns = [
  'cache_entries.cache_key',
  'cache_entries.symbols',
  'cache_entries.universe_category',
  'cache_entries.liquidity_filter',
  'cache_entries.universe_metadata',
  'cache_entries.last_universe_update',
  'symbols.symbol',
  'etf_metadata.symbol',
  'historical_data.symbol',
  'universe_members.symbol',
  'outbox.seq',
] as const

const functions = [
  'get_etf_universe',
  'update_etf_universe',
  'get_etf_universes_summary',
  'validate_etf_universe_symbols',
] as const

/** Looks whether the database answers and has the schema and the functions. */
export async function checkDatabase(pool: Pool): Promise<EnvironmentCheck[]> {
  const version = await ask(() => findVersion(pool))
  const missingColumns = await ask(() => findMissingColumns(pool, columns))
  const missingFunctions = await ask(() => findMissingFunctions(pool, functions))
  return [
    check(
      'database',
      version,
      ([row]) => ({
        ok: (row?.number ?? 0) >= versionMin,
        found: `PostgreSQL ${row?.version ?? 'of an unknown version'}`,
      }),
      'DATABASE_URL has to name a reachable PostgreSQL 18 or later and a role that may sign in',
    ),
    check(
      'schema',
      missingColumns,
      (missing) => listed(missing, columns.length, 'columns'),
      'run `npm run migrate -- up` as the owner of the database',
    ),
    check(
      'functions',
      missingFunctions,
      (missing) => listed(missing, functions.length, 'functions'),
      'run `npm run migrate -- up`, and connect as a role that may call them: tickstock_producer',
    ),
  ]
}

function listed(
  missing: readonly { readonly name: string }[],
  count: number,
  what: string,
): { ok: boolean; found: string } {
  return missing.length === 0
    ? { ok: true, found: `${count} ${what}` }
    : { ok: false, found: `missing: ${missing.map(({ name }) => name).join(', ')}` }
}
