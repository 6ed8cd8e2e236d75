import { dayOf } from '../../calendar/day.ts'
import type { EtfFacts, ListedSymbol } from './provider.ts'
import { sectorOfEtf } from './sector.ts'
import { acrossDecades, rounded, streamOf, type Stream } from './stream.ts'
import { themes, type Theme } from './theme.ts'

/** ETFs that everybody trades; they are large here as well. */
const flagships = new Set(
  `SPY VOO IVV VTI QQQ IWM DIA XLF XLE XLK XLV XLI XLB XLRE XLU XLY XLP XLC AGG BND TLT HYG LQD GLD
   SLV USO EEM EFA VWO VEA FXI VUG VTV SCHD VYM SMH GDX KRE XBI`.split(/\s+/),
)

const themeByEtf = new Map(
  themes.toReversed().flatMap((theme) => theme.candidates.map((symbol) => [symbol, theme])),
)

/** The theme that an ETF has first. */
export const themeOfEtf = (symbol: string): Theme | undefined => themeByEtf.get(symbol)

/** Every ETF of the seed list. */
export const etfSymbols: readonly string[] = [
  ...new Set(themes.flatMap(({ candidates }) => candidates)),
]

/** An ETF as a listed symbol. */
export function listedEtf(symbol: string): ListedSymbol {
  const sector = sectorOfEtf(symbol)
  return {
    symbol,
    name: nameOf(symbol),
    type: 'ETF',
    sector: sector?.name ?? null,
    industry: null,
    market_cap: null,
    listed_on: inceptionOf(streamOf(`etf/${symbol}/inception`)),
    delisted_on: null,
  }
}

/**
 * Made-up figures of an ETF, the same for the same symbol: assets from 100 million to 500 billion,
 * volumes and expenses to match, so that every filter turns some away.
 */
export function syntheticEtf(symbol: string): EtfFacts {
  const stream = streamOf(`etf/${symbol}/facts`)
  const isFlagship = flagships.has(symbol)
  const aum = rounded(
    isFlagship ? acrossDecades(stream, 2e10, 5e11) : acrossDecades(stream, 1e8, 1e11),
  )
  // How much of its shares a fund turns over a day.
  const price = 20 + 180 * stream()
  const turnover = isFlagship ? 0.05 : acrossDecades(stream, 0.008, 0.4)
  const avgVolume = Math.round(rounded((aum / price) * turnover))
  const expense = isFlagship ? 0.03 + 0.2 * stream() : acrossDecades(stream, 0.03, 1.1)
  return {
    symbol,
    name: nameOf(symbol),
    aum,
    expense_ratio: Number(expense.toFixed(2)),
    avg_volume: avgVolume,
    liquidity_score: liquidityScoreOf(aum, avgVolume),
    underlying_index: `${symbol} Index (synthetic)`,
    focus: sectorOfEtf(symbol)?.name ?? themeOfEtf(symbol)?.focus ?? null,
    inception_date: inceptionOf(streamOf(`etf/${symbol}/inception`)),
    dividend_yield: Number((5 * stream()).toFixed(2)),
  }
}

/** Half for the assets (10 million to 100 billion), half for the volume (10,000 to 100 million). */
function liquidityScoreOf(aum: number, avgVolume: number): number {
  const share = (value: number, low: number): number =>
    Math.min(1, Math.max(0, Math.log10(Math.max(value, 1) / low) / 4))
  return Number((50 * share(aum, 1e7) + 50 * share(avgVolume, 1e4)).toFixed(2))
}

function nameOf(symbol: string): string {
  return `${symbol} Fund (synthetic)`
}

function inceptionOf(stream: Stream): string {
  return dayOf(1998 + Math.floor(22 * stream()), 1 + Math.floor(12 * stream()), 15)
}
