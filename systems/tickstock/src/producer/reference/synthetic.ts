import type { Day } from '../../calendar/day.ts'
import type { ListedSymbol, ReferenceProvider } from './provider.ts'
import { syntheticBars } from './synthetic-bar.ts'
import { etfSymbols, listedEtf, syntheticEtf } from './synthetic-etf.ts'
import { isSyntheticStock, syntheticStocks } from './synthetic-stock.ts'

const etfs = new Set(etfSymbols)

/** How much of the market is made up. */
export interface SyntheticMarket {
  /** Companies beside the ETFs. */
  readonly stocks?: number
  /** Symbols of it that are delisted, with the first day on which they trade no more. */
  readonly delisted?: ReadonlyMap<string, Day>
}

/**
 * The provider that needs no network and no key: the tickers of the seed list and made-up companies,
 * with made-up figures that depend on the symbol alone and are marked `synthetic`. Nobody is
 * delisted there unless he is named; to name one that is not listed throws when symbols are asked.
 */
export function syntheticProvider({
  stocks = 1_000,
  delisted = new Map(),
}: SyntheticMarket = {}): ReferenceProvider {
  return {
    source: 'synthetic',
    symbols: async () => withDelistings(symbolsOf(stocks), delisted),
    etfs: async (symbols) => symbols.filter((symbol) => etfs.has(symbol)).map(syntheticEtf),
    bars: async (symbol, days) =>
      etfs.has(symbol) || isSyntheticStock(symbol) ? syntheticBars(symbol, days) : [],
  }
}

const symbolsOf = (stocks: number): ListedSymbol[] => [
  ...etfSymbols.map(listedEtf),
  ...syntheticStocks(stocks),
]

function withDelistings(
  listed: readonly ListedSymbol[],
  delisted: ReadonlyMap<string, Day>,
): ListedSymbol[] {
  const known = new Set(listed.map(({ symbol }) => symbol))
  const unknown = [...delisted.keys()].filter((symbol) => !known.has(symbol))
  if (unknown.length > 0) throw new Error(`not listed, so not delisted: ${unknown.join(', ')}`)
  return listed.map((each) => ({ ...each, delisted_on: delisted.get(each.symbol) ?? null }))
}
