import { statement } from 'service-kit'

/** The symbols that a universe holds now; no row for a universe that there is not. */
export const findMembers = statement<{ symbols: string[] }, [key: string]>(
  'universe-find-members',
  'select symbols from cache_entries where cache_key = $1',
)

/** Lets one expansion go on at a time, until its transaction ends. */
export const awaitExpansionTurn = statement<object, []>(
  'universe-await-expansion-turn',
  `select pg_advisory_xact_lock(hashtextextended('universe-expansion', 0))`,
)

/** Those of the ETFs of which nothing is known yet. */
export const findUnknownEtfs = statement<{ symbol: string }, [symbols: readonly string[]]>(
  'universe-find-unknown-etfs',
  `select distinct wanted.symbol from unnest($1::text[]) as wanted (symbol)
   left join etf_metadata as etf on etf.symbol = wanted.symbol
   where etf.symbol is null`,
)

/** What `change_universe` did. */
export interface UniverseChange {
  readonly action: 'created' | 'updated' | 'unchanged'
  readonly cache_key: string
  readonly symbols_count: number
  readonly symbols_added: readonly string[]
  readonly symbols_removed: readonly string[]
}

/** A theme whose candidates were judged, and what became of its universe. */
export interface ExpandedTheme {
  readonly theme: string
  readonly candidates: number
  readonly accepted: readonly string[]
  readonly rejected: readonly { readonly symbol: string; readonly reasons: readonly string[] }[]
  /** Why each candidate is in or out. */
  readonly reasons: Readonly<Record<string, string>>
  readonly change: UniverseChange
}

/**
 * Judges the candidates of every theme by its filter and makes its universe hold those that meet it.
 * `themes` is JSON: name, candidates, filter, metadata.
 */
export const expandThemes = statement<ExpandedTheme, [themes: string]>(
  'universe-expand-themes',
  `with theme as (
     select * from jsonb_to_recordset($1::jsonb)
       as t (name text, candidates text[], filter jsonb, metadata jsonb)
   ), judged as (
     select theme.name, candidate.symbol,
       liquidity_failures(theme.filter, etf)
         || case when listed.active then '{}'::text[] else array['it is not traded'] end as failures
     from theme
     cross join unnest(theme.candidates) as candidate (symbol)
     left join etf_metadata as etf on etf.symbol = candidate.symbol
     left join symbols as listed on listed.symbol = candidate.symbol
   ), verdict as (
     select name, count(*)::integer as candidates,
       coalesce(array_agg(symbol order by symbol) filter (where failures = '{}'), '{}') as accepted,
       coalesce(
         jsonb_agg(jsonb_build_object('symbol', symbol, 'reasons', failures) order by symbol)
           filter (where failures <> '{}'),
         '[]'
       ) as rejected,
       jsonb_object_agg(
         symbol,
         case failures when '{}' then 'meets the filter' else array_to_string(failures, '; ') end
       ) as reasons
     from judged group by name
   )
   select name as theme, verdict.candidates, accepted, rejected, reasons,
     change_universe(
       'etf_' || name, accepted, 'expansion', 'is no longer a candidate',
       p_category => 'ETF', p_metadata => metadata, p_filter => filter, p_reasons => reasons
     ) as change
   from verdict join theme using (name)
   order by name`,
)

/** Brings the weights of universes up to the assets that are known now. */
export const weighUniverses = statement<object, [keys: readonly string[]]>(
  'universe-weigh',
  'select weigh_universe(key) from unnest($1::text[]) as key order by key',
)

/** What is known of the members of one ETF universe. */
export interface ValidatedUniverse {
  readonly universe: string
  readonly members: number
  readonly found: number
  readonly active: number
}

export const validateUniverses = statement<ValidatedUniverse, []>(
  'universe-validate',
  `select entry.cache_key as universe, count(member.symbol)::integer as members,
     (count(*) filter (where member.exists_in_symbols))::integer as found,
     (count(*) filter (where member.active_status))::integer as active
   from cache_entries as entry
   left join validate_etf_universe_symbols() as member on member.universe_key = entry.cache_key
   where entry.universe_category = 'ETF'
   group by entry.cache_key order by entry.cache_key`,
)

export const summarizeUniverses = statement<object, []>(
  'universe-summarize',
  'select * from get_etf_universes_summary()',
)
