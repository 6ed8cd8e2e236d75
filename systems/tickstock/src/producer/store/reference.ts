import { statement } from 'service-kit'

interface Written {
  readonly count: number
}

/**
 * Symbols as JSON, written where they are new or differ. One whose delisting has come is traded no
 * more; what was delisted stays so, and what is not among them stays as it is.
 */
export const upsertSymbols = statement<Written, [symbols: string, source: string, asOf: Date]>(
  'reference-upsert-symbols',
  `with told as (
     select *, coalesce(delisted_on <= (as_of at time zone 'America/New_York')::date, false) as is_gone
     from jsonb_to_recordset($1::jsonb) as t (
       symbol text, name text, type text, sector text, industry text, market_cap numeric,
       listed_on date, delisted_on date
     ), (select $3::timestamptz as as_of) as load
   ), written as (
     insert into symbols as known (
       symbol, name, type, sector, industry, market_cap, initial_load_date, source, as_of,
       active, delisted_at
     )
     select symbol, name, type, sector, industry, market_cap, listed_on, $2, as_of,
       not is_gone, case when is_gone then delisted_on::timestamp at time zone 'UTC' end
     from told order by symbol
     on conflict (symbol) do update set
       name = excluded.name, sector = excluded.sector, industry = excluded.industry,
       market_cap = excluded.market_cap, source = excluded.source, as_of = excluded.as_of,
       active = known.active and excluded.active,
       delisted_at = coalesce(excluded.delisted_at, known.delisted_at)
     where (
       known.name, known.sector, known.industry, known.market_cap, known.source,
       known.active, known.delisted_at
     ) is distinct from (
       excluded.name, excluded.sector, excluded.industry, excluded.market_cap, excluded.source,
       known.active and excluded.active, coalesce(excluded.delisted_at, known.delisted_at)
     )
     returning 1
   )
   select count(*)::integer as count from written`,
)

/** Figures of ETFs as JSON, written where they are new or differ. */
export const upsertEtfs = statement<Written, [etfs: string, source: string, asOf: Date]>(
  'reference-upsert-etfs',
  `with told as (
     select * from jsonb_to_recordset($1::jsonb) as t (
       symbol text, name text, aum numeric, expense_ratio numeric, avg_volume bigint,
       liquidity_score numeric, underlying_index text, focus text, inception_date date,
       dividend_yield numeric
     )
   ), written as (
     insert into etf_metadata as known (
       symbol, name, aum, expense_ratio, avg_volume, liquidity_score, underlying_index, focus,
       inception_date, dividend_yield, source, as_of
     )
     select symbol, name, aum, expense_ratio, avg_volume, liquidity_score, underlying_index, focus,
       inception_date, dividend_yield, $2, $3
     from told order by symbol
     on conflict (symbol) do update set
       name = excluded.name, aum = excluded.aum, expense_ratio = excluded.expense_ratio,
       avg_volume = excluded.avg_volume, liquidity_score = excluded.liquidity_score,
       underlying_index = excluded.underlying_index, focus = excluded.focus,
       inception_date = excluded.inception_date, dividend_yield = excluded.dividend_yield,
       source = excluded.source, as_of = excluded.as_of
     where (
       known.name, known.aum, known.expense_ratio, known.avg_volume, known.liquidity_score,
       known.underlying_index, known.focus, known.inception_date, known.dividend_yield, known.source
     ) is distinct from (
       excluded.name, excluded.aum, excluded.expense_ratio, excluded.avg_volume,
       excluded.liquidity_score, excluded.underlying_index, excluded.focus,
       excluded.inception_date, excluded.dividend_yield, excluded.source
     )
     returning 1
   )
   select count(*)::integer as count from written`,
)
