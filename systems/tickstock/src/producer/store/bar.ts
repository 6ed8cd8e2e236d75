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

/** Which of the symbols lack a bar on one of the days, and whether such a symbol is listed at all. */
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
   group by wanted.symbol, listed.symbol order by wanted.symbol`,
)
