import { statement } from 'service-kit'

/** ETFs that are traded, with the benchmarks to hold them against. */
export const findEtfs = statement<{ symbol: string; sector: string | null }, []>(
  'correlation-find-etfs',
  `select symbol, sector from symbols where type = 'ETF' and active order by symbol`,
)

/** A pair over a window: what was told of it last, and what it is now. */
export interface Correlated {
  readonly symbol: string
  readonly benchmark: string
  readonly window_days: number
  /** None where the pair is new. */
  readonly before: number | null
  readonly after: number
  /** Whether it is further from what was told last than the threshold. */
  readonly is_far: boolean
}

/**
 * Correlates the daily logarithmic returns of pairs over windows of the given trading days, and keeps
 * what differs. A pair that lacks a bar in a window is left out of it. Gives what was written.
 */
export const updateCorrelations = statement<
  Correlated,
  [
    symbols: readonly string[],
    benchmarks: readonly string[],
    days: readonly string[],
    windows: readonly number[],
    threshold: number,
  ]
>(
  'correlation-update',
  `with pair as (
     select * from unnest($1::text[], $2::text[]) as p (symbol, benchmark)
   ), day as (
     select * from unnest($3::date[]) with ordinality as d (date, place)
   ), price as (
     select bar.symbol, day.place, ln(bar.close::float8) as price
     from historical_data as bar join day using (date)
     where bar.symbol in (select symbol from pair union select benchmark from pair)
   ), change as (
     select symbol, place, price - lag(price) over before as change,
       place - lag(place) over before as days
     from price window before as (partition by symbol order by place)
   ), correlated as (
     select pair.symbol, pair.benchmark, frame.days as window_days,
       round(corr(own.change, other.change)::numeric, 6) as correlation
     from pair
     join change as own on own.symbol = pair.symbol and own.days = 1
     join change as other
       on other.symbol = pair.benchmark and other.place = own.place and other.days = 1
     join unnest($4::integer[]) as frame (days) on own.place > cardinality($3) - frame.days
     group by pair.symbol, pair.benchmark, frame.days
     having count(*) = frame.days
   )
   insert into etf_relationships as known
     (symbol, benchmark, window_days, correlation, told_correlation, as_of)
   select symbol, benchmark, window_days, correlation, correlation, $3[cardinality($3)]
   from correlated where correlation is not null
   order by symbol, benchmark, window_days
   on conflict (symbol, benchmark, window_days) do update set
     correlation = excluded.correlation, as_of = excluded.as_of,
     told_correlation = case
       when abs(excluded.correlation - known.told_correlation) > $5 then excluded.correlation
       else known.told_correlation
     end
   where (known.correlation, known.as_of) is distinct from (excluded.correlation, excluded.as_of)
   returning symbol, benchmark, window_days, old.told_correlation as before,
     new.correlation as after,
     coalesce(old.told_correlation <> new.told_correlation, false) as is_far`,
)
