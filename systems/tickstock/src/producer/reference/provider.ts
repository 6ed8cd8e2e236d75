import type { Day } from '../../calendar/day.ts'

/** A symbol as a provider lists it. */
export interface ListedSymbol {
  readonly symbol: string
  readonly name: string
  readonly type: 'CS' | 'ETF'
  readonly sector: string | null
  readonly industry: string | null
  /** US dollars; none for an ETF. */
  readonly market_cap: number | null
  readonly listed_on: Day
  /** The first day on which it trades no more, which may lie ahead; none where it goes on. */
  readonly delisted_on: Day | null
}

/** What a provider knows of an ETF. */
export interface EtfFacts {
  readonly symbol: string
  readonly name: string
  /** Assets under management in US dollars. */
  readonly aum: number
  /** Percent a year. */
  readonly expense_ratio: number
  /** Shares a day. */
  readonly avg_volume: number
  /** From 0 to 100. */
  readonly liquidity_score: number
  readonly underlying_index: string | null
  readonly focus: string | null
  readonly inception_date: Day | null
  /** Percent a year. */
  readonly dividend_yield: number | null
}

/** A day's prices in US dollars, and shares. */
export interface DailyBar {
  readonly date: Day
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

/**
 * Where symbols, figures of ETFs and bars come from. What a provider does not know it leaves out;
 * it makes nothing up.
 */
export interface ReferenceProvider {
  /** Stands beside every value that came from it. */
  readonly source: string
  /** May be a part of what there is: a symbol that is left out is not delisted. */
  symbols(): Promise<readonly ListedSymbol[]>
  etfs(symbols: readonly string[]): Promise<readonly EtfFacts[]>
  /** The bars of the given trading days, in their order. */
  bars(symbol: string, days: readonly Day[]): Promise<readonly DailyBar[]>
}
