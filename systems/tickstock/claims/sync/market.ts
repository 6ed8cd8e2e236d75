import type { Sql } from 'etalon'

/** A common stock to list. */
export interface Stock {
  readonly symbol: string
  /** US dollars. */
  readonly cap: number | null
  readonly sector?: string | null
  readonly active?: boolean
  readonly type?: 'CS' | 'ETF' | 'TEST'
  /** How many days ago it was listed; long ago unless given. */
  readonly listedDaysAgo?: number
}

/** An ETF to list, with figures that meet every usual filter unless they are given. */
export interface Etf {
  readonly symbol: string
  readonly aum?: number
  readonly expense?: number
  readonly volume?: number
  readonly focus?: string
  readonly listedDaysAgo?: number
}

/** What universes of ETFs ask for here. */
const usualFilter = { min_aum: 1e9, min_volume: 5e6, max_expense_ratio: 0.75 }

/** Takes everything away that synchronizations read and write, so that a claim knows what there is. */
export async function clearMarket(sql: Sql): Promise<void> {
  await sql.run(
    `truncate symbols, etf_metadata, historical_data, cache_entries, universe_members,
       sync_changes_log, sync_runs, etf_relationships cascade`,
  )
}

export async function listStocks(sql: Sql, stocks: readonly Stock[]): Promise<void> {
  await sql.run(
    `insert into symbols (symbol, name, type, sector, market_cap, active, initial_load_date)
     select symbol, symbol, coalesce(type, 'CS'), sector, cap, coalesce(active, true),
       current_date - coalesce("listedDaysAgo", 1000)
     from jsonb_to_recordset($1) as stock
       (symbol text, type text, sector text, cap numeric, active boolean, "listedDaysAgo" integer)`,
    [JSON.stringify(stocks)],
  )
}

export async function listEtfs(sql: Sql, etfs: readonly Etf[]): Promise<void> {
  const known = etfs.map((etf) => ({
    aum: 5e9,
    expense: 0.2,
    volume: 2e7,
    focus: 'growth',
    ...etf,
  }))
  await sql.run(
    `insert into symbols (symbol, name, type, initial_load_date)
     select symbol, symbol, 'ETF', current_date - coalesce("listedDaysAgo", 1000)
     from jsonb_to_recordset($1) as etf (symbol text, "listedDaysAgo" integer)`,
    [JSON.stringify(known)],
  )
  await sql.run(
    `insert into etf_metadata
       (symbol, name, aum, expense_ratio, avg_volume, liquidity_score, focus, source, as_of)
     select symbol, symbol, aum, expense, volume, 80, focus, 'claim', now()
     from jsonb_to_recordset($1) as etf
       (symbol text, aum numeric, expense numeric, volume bigint, focus text)`,
    [JSON.stringify(known)],
  )
}

/** Makes the universe of a theme of ETFs. */
export async function openTheme(
  sql: Sql,
  theme: string,
  symbols: readonly string[],
  filter: object = usualFilter,
): Promise<void> {
  await sql.run(
    `select change_universe($1, $2::text[], 'expansion', 'opened by the claim',
       p_category => 'ETF', p_metadata => $3, p_filter => $4)`,
    [
      `etf_${theme}`,
      [...symbols],
      JSON.stringify({ theme, focus: theme, description: theme }),
      JSON.stringify(filter),
    ],
  )
}

/** The symbols that a universe holds now, sorted; none where there is no such universe. */
export async function membersOf(sql: Sql, key: string): Promise<string[]> {
  const rows = await sql.rows<{ symbol: string }>(
    `select symbol from universe_members where cache_key = $1 and valid_to is null
     order by symbol`,
    [key],
  )
  return rows.map(({ symbol }) => symbol)
}

/** `count` symbols that begin with a letter of the claim's: QAAA, QAAB, … */
export function symbolNames(letter: string, count: number): string[] {
  return Array.from({ length: count }, (_none, at) => {
    const letters = [26 ** 2, 26, 1].map((place) =>
      String.fromCharCode(65 + (Math.floor(at / place) % 26)),
    )
    return `${letter}${letters.join('')}`
  })
}
