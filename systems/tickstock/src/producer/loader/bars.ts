import type { Sql } from 'service-kit'
import { lastTradingDay, tradingDaysUntil } from '../../calendar/last-trading-day.ts'
import type { Producer } from '../producer.ts'
import type { DailyBar, ReferenceProvider } from '../reference/provider.ts'
import { findMissing, insertBars } from '../store/bar.ts'

/** What is to be loaded. */
export interface BarRequest {
  readonly symbols: readonly string[]
  /** Trading days, up to the latest that has closed. */
  readonly days: number
}

export interface LoadedBars {
  readonly trading_day: string
  readonly symbols: number
  readonly bars: number
  /** Symbols that are not listed, or of which the provider has not every day. */
  readonly incomplete: readonly string[]
}

/** So that a statement stays small however many symbols there are. */
const symbolsAtOnce = 40

/**
 * Loads the daily bars that are missing. A run that is cut off goes on where it stood when it is run
 * again.
 */
export async function loadBars(
  { pool, clock, log }: Producer,
  provider: ReferenceProvider,
  { symbols, days }: BarRequest,
): Promise<LoadedBars> {
  const tradingDay = lastTradingDay(clock.now())
  const wanted = tradingDaysUntil(tradingDay, days)
  const incomplete: string[] = []
  let count = 0
  for (let at = 0; at < symbols.length; at += symbolsAtOnce) {
    const some = symbols.slice(at, at + symbolsAtOnce)
    const missing = await findMissing(pool, some, wanted)
    const found = await Promise.all(
      missing.map(async ({ symbol, listed, days: dates }) => {
        const bars = listed ? await provider.bars(symbol, dates) : []
        if (bars.length < dates.length) incomplete.push(symbol)
        return { symbol, bars }
      }),
    )
    count += await insert(pool, provider.source, found)
  }
  if (incomplete.length > 0) log.warn({ incomplete }, 'bars are missing at the provider')
  return { trading_day: tradingDay, symbols: symbols.length, bars: count, incomplete }
}

async function insert(
  sql: Sql,
  source: string,
  found: readonly { readonly symbol: string; readonly bars: readonly DailyBar[] }[],
): Promise<number> {
  const rows = found.flatMap(({ symbol, bars }) => bars.map((bar) => ({ symbol, ...bar })))
  const [written] = await insertBars(
    sql,
    rows.map(({ symbol }) => symbol),
    rows.map(({ date }) => date),
    rows.map(({ open }) => open),
    rows.map(({ high }) => high),
    rows.map(({ low }) => low),
    rows.map(({ close }) => close),
    rows.map(({ volume }) => volume),
    source,
  )
  return written?.count ?? 0
}
