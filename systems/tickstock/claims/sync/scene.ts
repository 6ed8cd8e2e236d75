import type { Sql } from 'etalon'
import { clearMarket, listEtfs, listStocks, openTheme, symbolNames } from './market.ts'
import { endedRun, synchronize, type Run } from './synchronization.ts'

/** The day on which everything is in order, the one with something for every task, and the next. */
export const quietDay = '2026-04-01'
export const eventfulDay = '2026-04-02'
/** The exchange was closed on Good Friday. */
export const dayAfter = '2026-04-06'

/** The first of the thirty trading days that end with {@link eventfulDay}. */
const firstDay = '2026-02-20'

/** A small market that was synchronized, so that its universes are as they should be. */
export async function settledMarket(sql: Sql): Promise<Run> {
  await clearMarket(sql)
  const stocks = symbolNames('S', 30).map((symbol, at) => ({
    symbol,
    cap: 1e9 * (at + 1),
    sector: at % 2 === 0 ? 'Energy' : 'Utilities',
  }))
  await listStocks(sql, stocks)
  await listEtfs(sql, [{ symbol: 'GROWA' }, { symbol: 'GROWB' }, { symbol: 'GROWC' }])
  await openTheme(sql, 'growth', ['GROWA', 'GROWB', 'GROWC'])
  return synchronize(sql, quietDay)
}

/** Gives every task something to do: one thing each. */
export async function happenings(sql: Sql): Promise<void> {
  await sql.run(`update symbols set market_cap = 500e9 where symbol = 'SAAC'`)
  await listStocks(sql, [{ symbol: 'NEWCO', cap: 3e9, sector: 'Energy', listedDaysAgo: 5 }])
  await sql.run(`update symbols set active = false, delisted_at = now() where symbol = 'SAAH'`)
  await addBars(sql, 'GROWB', { from: firstDay, to: eventfulDay, volume: 1_000 })
  await sql.run(`update etf_metadata set aum = 1e6 where symbol = 'GROWC'`)
}

/** A run in which every task had something to do. */
export async function eventfulRun(sql: Sql): Promise<Run> {
  await settledMarket(sql)
  await happenings(sql)
  await synchronize(sql, eventfulDay)
  return endedRun(sql, eventfulDay)
}

/** Bars of every weekday of a period, which has no holiday. */
export async function addBars(
  sql: Sql,
  symbol: string,
  { from, to, volume }: { readonly from: string; readonly to: string; readonly volume: number },
): Promise<void> {
  await sql.run(
    `insert into historical_data (symbol, date, open, high, low, close, volume)
     select $1, day::date, 10, 10, 10, 10, $4
     from generate_series($2::date, $3::date, interval '1 day') as day
     where extract(isodow from day) < 6`,
    [symbol, from, to, volume],
  )
}
