import type { Sql } from 'etalon'

/**
 * What the scenarios declare, measured in the stored bars by SQL: a second pair of eyes, which shares
 * nothing with the product's own measurement but the definitions.
 */
export async function measure(sql: Sql, outcome: string, symbol: string): Promise<number> {
  const query = queries[outcome]
  if (query === undefined) throw new RangeError(`there is no measure of ${outcome}`)
  return sql.value<number>(
    `with recursive bar as (
       select row_number() over day as n, open, high, low, close, volume,
         lag(close) over day as before, lag(high) over day as high_before,
         lag(low) over day as low_before
       from scenario.bars where symbol = $1 window day as (order by date)
     )
     ${query}`,
    [symbol],
  )
}

const extreme = (column: string, worst: string, comparison: string): string => `
  select count(*)::integer from (
    select ${column} as own, n, ${worst}(
      lag(${column}, 2) over day, lag(${column}) over day,
      lead(${column}) over day, lead(${column}, 2) over day
    ) as other, max(n) over () as last
    from bar window day as (order by n)
  ) as around where n > 2 and n < last - 1 and ${comparison}`

const highEvents = extreme('high', 'greatest', 'own >= other * 1.03')
const lowEvents = extreme('low', 'least', 'own <= other * 0.97')

const queries: Readonly<Record<string, string>> = {
  max_drawdown: `
    select (-max(100 * (peak - close) / peak))::float8
    from (select close, max(close) over (order by n) as peak from bar) as fall`,
  v_recovery: `
    , fall as (select n, close, max(close) over (order by n) as peak from bar),
    trough as (select * from fall order by (peak - close) / peak desc, n limit 1),
    top as (
      select max(fall.n) as n from fall, trough
      where fall.n <= trough.n and fall.close = trough.peak
    )
    select count(*)::integer from (
      select from bar, trough, top
      where bar.n > trough.n and bar.n <= trough.n + 4 * (trough.n - top.n)
        and bar.close >= trough.close + 0.8 * (trough.peak - trough.close) limit 1
    ) as regained`,
  volatility_spikes: `
    , wide as (
      select (greatest(high, before) - least(low, before)) / coalesce(before, open) as size from bar
    )
    select count(*)::integer from wide
    where size >= 3 * (select percentile_disc(0.5) within group (order by size) from wide)`,
  high_low_events: `select (${highEvents}) + (${lowEvents})`,
  high_events: highEvents,
  low_events: lowEvents,
  total_return: `
    select (100 * ((array_agg(close order by n desc))[1] / (array_agg(open order by n))[1] - 1))::float8
    from bar`,
  breakouts: `
    , above as (
      select n, n > 20 and close > max(high) over (
        order by n rows between 20 preceding and 1 preceding
      ) as is_above from bar
    )
    select count(*)::integer from (
      select is_above, coalesce(bool_or(is_above) over (
        order by n rows between 10 preceding and 1 preceding
      ), false) as was_above from above
    ) as step where is_above and not was_above`,
  volatility_range: `
    select (max(yearly) - min(yearly))::float8 from (
      select n, 100 * sqrt(252) * stddev_samp(close / before - 1) over (
        order by n rows between 20 preceding and current row
      ) as yearly from bar
    ) as rolling where n > 21`,
  mean_reversion: `
    select (var_samp(ten) <= 5 * (select var_samp(close / before - 1) from bar))::integer
    from (select close / lag(close, 10) over (order by n) - 1 as ten from bar) as step`,
  trend_changes: `
    , zigzag as (
      select n, close as top, close as bottom, 0 as trend, 0 as changes from bar where n = 1
      union all
      select bar.n,
        case when turn.falls or turn.rises then close else greatest(top, close) end,
        case when turn.falls or turn.rises then close else least(bottom, close) end,
        case when turn.falls then -1 when turn.rises then 1 else trend end,
        changes + ((turn.falls or turn.rises) and trend <> 0)::integer
      from zigzag join bar on bar.n = zigzag.n + 1,
        lateral (select trend >= 0 and close <= 0.9 * top as falls,
          trend <= 0 and close >= 1.1 * bottom as rises) as turn
    )
    select max(changes) from zigzag`,
  gaps: `
    select count(*)::integer from bar
    where open >= high_before * 1.01 or open <= low_before * 0.99`,
  volume_spikes: `
    select count(*)::integer from bar
    where volume >= 2.5 * (select percentile_disc(0.5) within group (order by volume) from bar)`,
}

/** What each scenario has to be, as the specification says: the least and the most. */
export const promised: readonly (readonly [
  scenario: string,
  outcome: string,
  least: number,
  most: number,
])[] = [
  ['crash_2020', 'max_drawdown', -37, -33],
  ['crash_2020', 'v_recovery', 1, 1],
  ['crash_2020', 'volatility_spikes', 15, 15],
  ['crash_2020', 'high_low_events', 8, 8],
  ['growth_2021', 'total_return', 23, 27],
  ['growth_2021', 'breakouts', 6, 6],
  ['volatility_periods', 'volatility_range', 28, 32],
  ['volatility_periods', 'mean_reversion', 1, 1],
  ['trend_changes', 'trend_changes', 4, 4],
  ['high_low_events', 'high_events', 12, 12],
  ['high_low_events', 'low_events', 10, 10],
  ['high_low_events', 'gaps', 8, 8],
  ['high_low_events', 'volume_spikes', 15, 15],
]
