import { statement } from 'service-kit'
import type { Outcome } from '../scenario/outcome.ts'
import type { Planted } from '../scenario/series.ts'

/** A scenario that was loaded, without its bars. */
export interface LoadedRow {
  readonly symbol: string
  readonly name: string
  readonly seed: number
  readonly outcomes: readonly Outcome[]
  readonly patterns: readonly Planted[]
}

/** Bars as lists, one of each column. */
type Columns = [
  open: readonly number[],
  high: readonly number[],
  low: readonly number[],
  close: readonly number[],
  volume: readonly number[],
]

/** Lists a test symbol; whoever loads the same one at the same time waits here for his turn. */
export const upsertTestSymbol = statement<object, [symbol: string, name: string, day: string]>(
  'scenario-upsert-symbol',
  `insert into symbols (symbol, name, type, initial_load_date) values ($1, $2, 'TEST', $3)
   on conflict (symbol) do update set name = excluded.name`,
)

/** Takes a loaded scenario away with its bars; its symbol stays. */
export const deleteLoaded = statement<object, [symbol: string]>(
  'scenario-delete-loaded',
  'delete from scenario.test_scenarios where symbol = $1',
)

export const insertScenario = statement<
  object,
  [
    symbol: string,
    name: string,
    seed: number,
    config: string,
    outcomes: string,
    patterns: string,
    generatedAt: Date,
  ]
>(
  'scenario-insert',
  `insert into scenario.test_scenarios
     (symbol, name, seed, config, outcomes, patterns, generated_at)
   values ($1, $2, $3, $4, $5, $6, $7)`,
)

/** Prices in cents. */
export const insertScenarioBars = statement<
  object,
  [symbol: string, dates: readonly string[], ...columns: Columns]
>(
  'scenario-insert-bars',
  `insert into scenario.bars (symbol, date, open, high, low, close, volume)
   select $1, date, open / 100.0, high / 100.0, low / 100.0, close / 100.0, volume
   from unnest($2::date[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[])
     as bar (date, open, high, low, close, volume)`,
)

/** Prices in cents. */
export const insertMinuteBars = statement<
  object,
  [symbol: string, date: string, minutes: readonly number[], ...columns: Columns]
>(
  'scenario-insert-minute-bars',
  `insert into scenario.minute_bars (symbol, date, minute, open, high, low, close, volume)
   select $1, $2, minute, open / 100.0, high / 100.0, low / 100.0, close / 100.0, volume
   from unnest(
     $3::smallint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[]
   ) as bar (minute, open, high, low, close, volume)`,
)

/** Loaded scenarios with these symbols, or all of them for an empty list. */
export const findLoaded = statement<LoadedRow, [symbols: readonly string[]]>(
  'scenario-find-loaded',
  `select symbol, name, seed, outcomes, patterns from scenario.test_scenarios
   where cardinality($1::text[]) = 0 or symbol = any ($1::text[]) order by symbol`,
)

/** A daily bar with its prices in cents. */
export interface BarRow {
  readonly date: string
  readonly openCents: number
  readonly highCents: number
  readonly lowCents: number
  readonly closeCents: number
  readonly volume: number
}

/** Daily bars of any symbol, synthetic or of the market, by date. */
export const findBars = statement<BarRow, [symbol: string]>(
  'scenario-find-bars',
  `select date, open * 100 as "openCents", high * 100 as "highCents", low * 100 as "lowCents",
     close * 100 as "closeCents", volume
   from (
     select symbol, date, open, high, low, close, volume from scenario.bars
     union all
     select symbol, date, open, high, low, close, volume from historical_data
   ) as bar
   where symbol = $1 order by date`,
)

/** What cleaning up took away. */
export interface Cleaned {
  readonly symbols: number
  readonly scenarios: number
  readonly bars: number
  readonly universes: number
}

/**
 * Removes every test symbol with its scenario and bars, and every universe for tests with its
 * members and its log. Nothing of the market is touched.
 */
export const cleanTestData = statement<Cleaned, []>(
  'scenario-clean',
  `with bars as (select count(*)::integer as count from scenario.bars),
     scenarios as (select count(*)::integer as count from scenario.test_scenarios),
     symbols_gone as (delete from symbols where type = 'TEST' returning 1),
     log_gone as (
       delete from sync_changes_log where universe like 'test\\_%' or symbol like 'TEST\\_%'
     ),
     universes_gone as (delete from cache_entries where cache_key like 'test\\_%' returning 1)
   select (select count(*)::integer from symbols_gone) as symbols,
     (select count from scenarios) as scenarios,
     (select count from bars) as bars,
     (select count(*)::integer from universes_gone) as universes`,
)
