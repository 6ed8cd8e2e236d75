import { dayOf } from '../../calendar/day.ts'
import type { ListedSymbol } from './provider.ts'
import { sectors } from './sector.ts'
import { acrossDecades, rounded, streamOf, type Stream } from './stream.ts'

/** How many symbols there are: five letters, of which the first is a C. No ETF here has five. */
const stocksMax = 26 ** 4

/** Market capitalisations in US dollars by band, with the share of all companies up to there. */
const bands = [
  { upTo: 0.01, low: 200e9, high: 3e12 },
  { upTo: 0.09, low: 10e9, high: 200e9 },
  { upTo: 0.27, low: 2e9, high: 10e9 },
  { upTo: 0.57, low: 300e6, high: 2e9 },
  { upTo: 0.85, low: 50e6, high: 300e6 },
  { upTo: 1, low: 5e6, high: 50e6 },
] as const

/** Made-up companies, each the same for the same symbol. @throws RangeError beyond 456,976 */
export function syntheticStocks(count: number): ListedSymbol[] {
  if (count > stocksMax) throw new RangeError(`expected at most ${stocksMax} stocks, got ${count}`)
  return Array.from({ length: count }, (_none, at) => syntheticStock(stockSymbol(at)))
}

/** Whether a symbol is one of the made-up companies. */
export const isSyntheticStock = (symbol: string): boolean => /^C[A-Z]{4}$/.test(symbol)

/** One made-up company. */
export function syntheticStock(symbol: string): ListedSymbol {
  const stream = streamOf(`stock/${symbol}`)
  const sector = pick(stream, sectors)
  return {
    symbol,
    name: `Company ${symbol} (synthetic)`,
    type: 'CS',
    sector: sector.name,
    industry: pick(stream, sector.industries),
    market_cap: marketCapOf(stream),
    listed_on: dayOf(1998 + Math.floor(26 * stream()), 1 + Math.floor(12 * stream()), 15),
    delisted_on: null,
  }
}

function stockSymbol(at: number): string {
  const letters = [26 ** 3, 26 ** 2, 26, 1].map((place) =>
    String.fromCharCode(65 + (Math.floor(at / place) % 26)),
  )
  return `C${letters.join('')}`
}

function marketCapOf(stream: Stream): number {
  const share = stream()
  const band = bands.find(({ upTo }) => share < upTo) ?? bands[5]
  return rounded(acrossDecades(stream, band.low, band.high))
}

function pick<Item>(stream: Stream, items: readonly Item[]): Item {
  return items[Math.floor(stream() * items.length)] as Item
}
