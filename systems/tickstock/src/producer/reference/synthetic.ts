import type { ReferenceProvider } from './provider.ts'
import { syntheticBars } from './synthetic-bar.ts'
import { etfSymbols, listedEtf, syntheticEtf } from './synthetic-etf.ts'
import { isSyntheticStock, syntheticStocks } from './synthetic-stock.ts'

const etfs = new Set(etfSymbols)

/**
 * The provider that needs no network and no key: the tickers of the seed list and made-up companies,
 * with made-up figures that depend on the symbol alone and are marked `synthetic`.
 */
export function syntheticProvider({
  stocks = 1_000,
}: { readonly stocks?: number } = {}): ReferenceProvider {
  return {
    source: 'synthetic',
    symbols: async () => [...etfSymbols.map(listedEtf), ...syntheticStocks(stocks)],
    etfs: async (symbols) => symbols.filter((symbol) => etfs.has(symbol)).map(syntheticEtf),
    bars: async (symbol, days) =>
      etfs.has(symbol) || isSyntheticStock(symbol) ? syntheticBars(symbol, days) : [],
  }
}
