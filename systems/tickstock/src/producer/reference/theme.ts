import { seedList, sharedSymbols, type ThemeName } from './seed-list.ts'

/** What an ETF has to reach to be in a universe; a field that is missing asks nothing. */
export interface LiquidityFilter {
  /** US dollars. */
  readonly min_aum?: number
  /** Shares a day. */
  readonly min_volume?: number
  /** Percent a year. */
  readonly max_expense_ratio?: number
  /** From 0 to 100. */
  readonly min_liquidity_score?: number
}

/** A theme of ETFs; its universe is the candidates that meet its filter. */
export interface Theme {
  readonly name: ThemeName
  readonly description: string
  readonly focus: string
  readonly rebalanceFrequency: 'monthly' | 'quarterly'
  readonly filter: LiquidityFilter
  readonly candidates: readonly string[]
}

/** The key of a theme's universe. */
export const universeKeyOf = (theme: string): string => `etf_${theme}`

const usual: LiquidityFilter = {
  min_aum: 1_000_000_000,
  min_volume: 5_000_000,
  max_expense_ratio: 0.75,
  min_liquidity_score: 40,
}

/** Narrow themes trade less: the usual volume would leave a handful of each. */
const narrow: LiquidityFilter = { ...usual, min_volume: 1_000_000 }

type Described = Omit<Theme, 'name' | 'candidates'>

const described: Readonly<Record<ThemeName, Described>> = {
  sectors: {
    description: 'The eleven sectors of the US market',
    focus: 'sector',
    rebalanceFrequency: 'quarterly',
    filter: usual,
  },
  industries: {
    description: 'Industries within the sectors',
    focus: 'industry',
    rebalanceFrequency: 'quarterly',
    filter: { ...narrow, min_aum: 500_000_000 },
  },
  technology: {
    description: 'Technology and what builds on it',
    focus: 'technology',
    rebalanceFrequency: 'monthly',
    filter: usual,
  },
  broad_market: {
    description: 'The US market as a whole, by size',
    focus: 'market capitalisation',
    rebalanceFrequency: 'quarterly',
    filter: usual,
  },
  growth: {
    description: 'US companies that grow faster than the market',
    focus: 'growth',
    rebalanceFrequency: 'quarterly',
    filter: usual,
  },
  value: {
    description: 'US companies that are cheap for what they earn',
    focus: 'value',
    rebalanceFrequency: 'quarterly',
    filter: usual,
  },
  dividend: {
    description: 'US companies that pay or raise dividends',
    focus: 'income',
    rebalanceFrequency: 'quarterly',
    filter: narrow,
  },
  factor: {
    description: 'Low volatility, quality, momentum and size',
    focus: 'factor',
    rebalanceFrequency: 'quarterly',
    filter: narrow,
  },
  international: {
    description: 'Developed and emerging markets outside of the US',
    focus: 'region',
    rebalanceFrequency: 'quarterly',
    filter: { ...usual, min_aum: 500_000_000 },
  },
  commodities: {
    description: 'Metals, energy and crops, and who produces them',
    focus: 'commodity',
    rebalanceFrequency: 'monthly',
    filter: { ...usual, min_aum: 200_000_000 },
  },
  bonds: {
    description: 'US and international bonds of every term',
    focus: 'fixed income',
    rebalanceFrequency: 'monthly',
    filter: usual,
  },
}

/** The themes that are expanded. */
export const themes: readonly Theme[] = (Object.keys(seedList) as ThemeName[]).map((name) => ({
  name,
  ...described[name],
  candidates: [...seedList[name], ...(sharedSymbols[name] ?? [])],
}))
