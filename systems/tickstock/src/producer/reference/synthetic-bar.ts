import { nextTradingDay } from '../../calendar/trading-day.ts'
import type { Day } from '../../calendar/day.ts'
import type { DailyBar } from './provider.ts'
import { sectorOfEtf } from './sector.ts'
import { deviation, streamOf } from './stream.ts'
import { syntheticEtf, themeOfEtf } from './synthetic-etf.ts'
import { isSyntheticStock, syntheticStock } from './synthetic-stock.ts'

/** Before this day there are no made-up bars. */
const firstDay: Day = '2024-01-02'

/** How a symbol goes with the market: its share of the market's, its sector's and its own moves. */
interface Nature {
  readonly market: number
  readonly sector: string | undefined
  readonly ownDeviation: number
  readonly basePrice: number
  readonly avgVolume: number
}

/** Shares of the market's moves and deviations of the own ones, by theme. */
const themeNatures: Readonly<Record<string, readonly [market: number, own: number]>> = {
  bonds: [0.1, 0.003],
  commodities: [0.2, 0.011],
  international: [0.8, 0.005],
  broad_market: [1, 0.001],
}

/**
 * Made-up daily bars: one market, eleven sectors, and what each symbol does by itself, so that
 * correlations are there to be found. A bar is the same whichever days are asked for with it.
 */
export function syntheticBars(symbol: string, days: readonly Day[]): DailyBar[] {
  const wanted = new Set(days)
  const last = days.reduce((latest, day) => (day > latest ? day : latest), '')
  const nature = natureOf(symbol)
  const stream = streamOf(`bars/${symbol}`)
  const bars: DailyBar[] = []
  let before = nature.basePrice
  for (let at = 0; dayAt(at) <= last; at += 1) {
    const own = nature.ownDeviation * deviation(stream)
    const sector = nature.sector === undefined ? 0 : factorAt(nature.sector, 0.006, at)
    const moved = 1 + nature.market * factorAt('market', 0.009, at) + sector + own
    const open = before * (1 + 0.002 * deviation(stream))
    const close = before * moved
    const high = Math.max(open, close) * (1 + 0.004 * stream())
    const low = Math.min(open, close) * (1 - 0.004 * stream())
    const volume = Math.round(nature.avgVolume * (0.5 + stream()))
    const date = dayAt(at)
    if (wanted.has(date)) {
      const [o, h, l, c] = [open, high, low, close].map(inCents) as [number, number, number, number]
      bars.push({ date, open: o, high: h, low: l, close: c, volume })
    }
    before = close
  }
  return bars
}

function natureOf(symbol: string): Nature {
  const stream = streamOf(`nature/${symbol}`)
  const basePrice = 30 + 270 * stream()
  if (isSyntheticStock(symbol)) {
    const { sector, market_cap: cap } = syntheticStock(symbol)
    return {
      market: 0.6 + 0.8 * stream(),
      sector: sector ?? undefined,
      ownDeviation: 0.008 + 0.008 * stream(),
      basePrice,
      avgVolume: Math.max(1_000, (cap ?? 0) / 20_000),
    }
  }
  const [market, own] = themeNatures[themeOfEtf(symbol)?.name ?? ''] ?? [0.9, 0.003]
  return {
    market: market * (0.9 + 0.2 * stream()),
    sector: sectorOfEtf(symbol)?.name,
    ownDeviation: own,
    basePrice,
    avgVolume: syntheticEtf(symbol).avg_volume,
  }
}

const days: Day[] = [firstDay]

function dayAt(at: number): Day {
  while (days.length <= at) days.push(nextTradingDay(days.at(-1) as Day))
  return days[at] as Day
}

const factors = new Map<string, { readonly stream: () => number; readonly moves: number[] }>()

function factorAt(name: string, size: number, at: number): number {
  const factor = factors.get(name) ?? { stream: streamOf(`factor/${name}`), moves: [] }
  factors.set(name, factor)
  while (factor.moves.length <= at) {
    factor.moves.push(0.0002 + size * deviation(factor.stream))
  }
  return factor.moves[at] as number
}

const inCents = (price: number): number => Math.max(0.01, Math.round(price * 100) / 100)
