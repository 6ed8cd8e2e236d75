import { statement } from 'service-kit'

/** Bars that are there already stay as they are. */
export const insertBars = statement<
  { count: number },
  [
    symbols: readonly string[],
    dates: readonly string[],
    open: readonly number[],
    high: readonly number[],
    low: readonly number[],
    close: readonly number[],
    volume: readonly number[],
    source: string,
  ]
>(
  'bar-insert',
  `with written as (
     insert into historical_data (symbol, date, open, high, low, close, volume, source)
     select *, $8 from unnest(
       $1::text[], $2::date[], $3::numeric[], $4::numeric[], $5::numeric[], $6::numeric[],
       $7::bigint[]
     )
     on conflict do nothing
     returning 1
   )
   select count(*)::integer as count from written`,
)

/** The market: every symbol that is listed and traded. */
export const findTraded = statement<{ symbol: string }, []>(
  'bar-find-traded',
  `select symbol from symbols where active and type in ('CS', 'ETF') order by symbol`,
)

/**
 * Which of the symbols lack a bar on one of the days, and whether such a symbol is listed at all.
 * Before it was listed, and since it was delisted, a symbol has no bars that could be missing.
 */
export const findMissing = statement<
  { symbol: string; listed: boolean; days: string[] },
  [symbols: readonly string[], days: readonly string[]]
>(
  'bar-find-missing',
  `select wanted.symbol, listed.symbol is not null as listed,
     array_agg(day::text order by day) as days
   from unnest($1::text[]) as wanted (symbol)
   cross join unnest($2::date[]) as day
   left join symbols as listed on listed.symbol = wanted.symbol
   left join historical_data as bar on bar.symbol = wanted.symbol and bar.date = day
   where bar.symbol is null
     and day >= coalesce(listed.initial_load_date, day)
     and (listed.delisted_at is null or day < (listed.delisted_at at time zone 'UTC')::date)
   group by wanted.symbol, listed.symbol order by wanted.symbol`,
)
