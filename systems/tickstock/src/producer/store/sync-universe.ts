import { statement } from 'service-kit'
import type { Day } from '../../calendar/day.ts'

/** What `change_universe` says it did. */
export interface UniverseDifference {
  readonly action: 'created' | 'updated' | 'unchanged'
  readonly symbols_added: readonly string[]
  readonly symbols_removed: readonly string[]
}

export const changeUniverse = statement<
  { change: UniverseDifference },
  [
    key: string,
    symbols: readonly string[],
    changeType: string,
    reason: string,
    runId: string,
    category: string | null,
    metadata: string | null,
    reasons: string,
    details: string,
  ]
>(
  'sync-change-universe',
  `select change_universe(
     $1, $2::text[], $3, $4, $5,
     p_category => $6, p_metadata => $7, p_reasons => $8, p_details => $9
   ) as change`,
)

/** The symbols of a universe, which nobody else changes until the transaction ends. */
export const lockUniverse = statement<
  { symbols: string[]; universe_metadata: object | null },
  [key: string]
>(
  'sync-lock-universe',
  `select symbols, universe_metadata from cache_entries where cache_key = $1 for update`,
)

/** Symbols that were assigned by a task that failed, and by none that was completed since. */
const halfAssigned = `select change.symbol
  from sync_runs as run
  join sync_changes_log as change
    on change.run_id = run.id and change.change_type = 'ipo_assignment'
  where run.task_results #>> '{ipo_assignment,status}' = 'failed' and not exists (
    select from sync_runs as later
    where later.task_results #>> '{ipo_assignment,status}' = 'completed'
      and (later.started_at, later.id) > (run.started_at, run.id)
  )`

/**
 * Whether a symbol is new and in no universe, or not yet in all that it belongs in: `s` is the
 * symbol, `$1` the day, `$2` the period.
 */
const isNewListing = `s.initial_load_date > $1::date - $2::integer
  and (s.symbol in (${halfAssigned}) or not exists (
    select from universe_members as m where m.symbol = s.symbol and m.valid_to is null
  ))`

/** A common stock and the universes by size that it is in. */
export interface SizedStock {
  readonly symbol: string
  readonly market_cap: number | null
  readonly active: boolean
  readonly keys: readonly string[]
}

/**
 * Common stocks, the largest first. New listings that have no size yet are left to their own task,
 * unless there are no universes by size yet. Stocks that trade no more only where they are members
 * still.
 */
export const findSizedStocks = statement<
  SizedStock,
  [day: Day, newForDays: number, keys: readonly string[]]
>(
  'sync-find-sized-stocks',
  `select s.symbol, s.market_cap, s.active, coalesce(m.keys, '{}') as keys
   from symbols as s
   left join (
     select symbol, array_agg(cache_key) as keys
     from universe_members where valid_to is null and cache_key = any ($3) group by symbol
   ) as m on m.symbol = s.symbol
   where s.type = 'CS' and (s.active or m.keys is not null)
     and not (
       exists (select from cache_entries where cache_key = any ($3))
       and m.keys is null and ${isNewListing}
     )
   order by s.market_cap desc nulls last, s.symbol`,
)

/**
 * Symbols that are new and not assigned, or were not when the run began to assign them; with the
 * universes that they are in, and those of ETFs whose focus they have and whose filter they meet.
 */
export const findNewListings = statement<
  {
    symbol: string
    type: 'CS' | 'ETF'
    market_cap: number | null
    sector: string | null
    keys: string[]
    themes: string[]
  },
  [day: Day, newForDays: number, runId: string | null]
>(
  'sync-find-new-listings',
  `select s.symbol, s.type, s.market_cap, s.sector,
     array(
       select cache_key from universe_members where symbol = s.symbol and valid_to is null
       order by cache_key
     ) as keys,
     array(
       select u.cache_key from etf_metadata as etf join cache_entries as u
         on u.universe_metadata ->> 'focus' = etf.focus
         or u.universe_metadata ->> 'focus' = 'sector' and s.sector = etf.focus
       where etf.symbol = s.symbol and u.universe_category = 'ETF'
         and liquidity_failures(coalesce(u.liquidity_filter, '{}'), etf) = '{}'
       order by u.cache_key
     ) as themes
   from symbols as s
   where s.active and s.type in ('CS', 'ETF') and s.initial_load_date <= $1::date
     and (${isNewListing} or s.symbol in (
       select symbol from sync_changes_log where run_id = $3 and change_type = 'ipo_assignment'
     ))
   order by s.symbol`,
)

/** Members that trade no more, by universe. */
export const findDelisted = statement<
  { key: string; symbols: string[]; reasons: Record<string, string> },
  []
>(
  'sync-find-delisted',
  `select m.cache_key as key, array_agg(s.symbol order by s.symbol) as symbols,
     jsonb_object_agg(s.symbol, case when s.delisted_at is null then 'no longer active'
       else 'delisted on ' || (s.delisted_at at time zone 'UTC')::date end) as reasons
   from symbols as s
   join universe_members as m on m.symbol = s.symbol and m.valid_to is null
   where not s.active
   group by m.cache_key order by m.cache_key`,
)

/** What a run changed of each symbol, for the messages about them. */
export const findChangesBySymbol = statement<
  { symbol: string; universes: string[]; reason: string },
  [runId: string, changeType: string]
>(
  'sync-find-changes-by-symbol',
  `select symbol, array_agg(universe order by universe) as universes,
     string_agg(distinct reason, '; ' order by reason) as reason
   from sync_changes_log where run_id = $1 and change_type = $2
   group by symbol order by symbol`,
)

/** Universes of ETFs, with what they ask for. */
export const findEtfUniverses = statement<{ key: string; filter: Record<string, number> }, []>(
  'sync-find-etf-universes',
  `select cache_key as key, coalesce(liquidity_filter, '{}') as filter
   from cache_entries where universe_category = 'ETF' order by cache_key`,
)

/** On how many of the days from `first` to `last` each member has bars, and traded too little. */
export const findLiquidity = statement<
  { symbol: string; days: number; failed_days: number },
  [key: string, first: Day, last: Day, minVolume: number]
>(
  'sync-find-liquidity',
  `select m.symbol, count(*) as days, count(*) filter (where bar.volume < $4) as failed_days
   from universe_members as m
   join historical_data as bar on bar.symbol = m.symbol and bar.date between $2 and $3
   where m.cache_key = $1 and m.valid_to is null
   group by m.symbol order by m.symbol`,
)

/** Common stocks whose sector is known, with the universes of sectors that they are in. */
export const findSectors = statement<
  { symbol: string; sector: string; keys: string[] },
  [day: Day, newForDays: number]
>(
  'sync-find-sectors',
  `select s.symbol, s.sector, coalesce(m.keys, '{}') as keys
   from symbols as s
   left join (
     select member.symbol, array_agg(member.cache_key) as keys
     from universe_members as member
     join cache_entries as entry on entry.cache_key = member.cache_key
     where member.valid_to is null and entry.universe_category = 'SECTOR'
     group by member.symbol
   ) as m on m.symbol = s.symbol
   where s.type = 'CS' and s.active and s.sector is not null and not (${isNewListing})
   order by s.symbol`,
)

/** What of a universe's filter is not judged by the day, each limit so far past its edge. */
const edgesOf = `jsonb_strip_nulls(jsonb_build_object(
  'min_aum', (u.liquidity_filter ->> 'min_aum')::numeric * 0.95,
  'max_expense_ratio', (u.liquidity_filter ->> 'max_expense_ratio')::numeric * 1.05,
  'min_liquidity_score', (u.liquidity_filter ->> 'min_liquidity_score')::numeric * 0.95
))`

/** Members that are more than 5 % past what their universe asks of size, cost or score. */
export const findUnfit = statement<{ symbol: string; reason: string }, [key: string]>(
  'sync-find-unfit',
  `select m.symbol, array_to_string(failure.list, ', ') as reason
   from cache_entries as u
   join universe_members as m on m.cache_key = u.cache_key and m.valid_to is null
   join etf_metadata as etf on etf.symbol = m.symbol
   cross join lateral (select liquidity_failures(${edgesOf}, etf) as list) as failure
   where u.cache_key = $1 and failure.list <> '{}'
   order by m.symbol`,
)

/** ETFs that this universe lost for its filter, and that meet all of it again. */
export const findReturning = statement<
  { symbol: string },
  [key: string, first: Day, last: Day, failedDaysMax: number]
>(
  'sync-find-returning',
  `select s.symbol
   from cache_entries as u
   cross join lateral (
     select distinct on (symbol) symbol, change_type, action
     from sync_changes_log where universe = u.cache_key order by symbol, id desc
   ) as last
   join symbols as s on s.symbol = last.symbol and s.active and s.type = 'ETF'
   join etf_metadata as etf on etf.symbol = s.symbol
   where u.cache_key = $1 and last.action = 'removed'
     and last.change_type in ('theme_rebalance', 'etf_maintenance')
     and liquidity_failures(coalesce(u.liquidity_filter, '{}'), etf) = '{}'
     and (
       select count(*) from historical_data as bar
       where bar.symbol = s.symbol and bar.date between $2 and $3
         and bar.volume < (u.liquidity_filter ->> 'min_volume')::numeric
     ) <= $4
   order by s.symbol`,
)

/** What the ETFs of a universe amount to together. */
export const findFigures = statement<
  { figures: object },
  [key: string, symbols: readonly string[]]
>(
  'sync-find-figures',
  `select jsonb_build_object(
     'aum_total', coalesce(sum(etf.aum), 0),
     'expense_ratio_average', round(avg(etf.expense_ratio), 4),
     'meeting_filter', count(*) filter (
       where liquidity_failures(coalesce(u.liquidity_filter, '{}'), etf) = '{}'
     )
   ) as figures
   from cache_entries as u
   join etf_metadata as etf on etf.symbol = any ($2)
   where u.cache_key = $1`,
)
