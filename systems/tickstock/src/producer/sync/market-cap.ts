import { findSizedStocks, type SizedStock } from '../store/sync-universe.ts'
import { newForDays } from './assignment.ts'
import { bandAfter, bands, type Band } from './band.ts'
import type { Task, TaskWork } from './task.ts'
import { isInTop, lastRankOf, topKeyOf, topSizes } from './top-list.ts'
import { applyChange, type UniverseChange } from './universe-change.ts'

const category = 'STOCK'
const keys = [...bands.map(({ key }) => key), ...topSizes.map(topKeyOf)]

/** Puts every common stock into the band of its size, and the largest into their lists. */
export const marketCap: Task = {
  name: 'market_cap',
  after: [],
  async do(work) {
    const stocks = await findSizedStocks(work.sql, work.today, newForDays, keys)
    for (const change of sizeChanges(stocks)) await apply(work, change)
    return { ranked: stocks.filter(isRanked).length }
  },
}

async function apply(work: TaskWork, change: UniverseChange): Promise<void> {
  await work.transaction((tx) => applyChange(tx, work, 'market_cap', change))
}

/** What each universe by size is to hold. @param stocks the largest first */
export function sizeChanges(stocks: readonly SizedStock[]): UniverseChange[] {
  const ranked = stocks.filter(isRanked)
  // What trades no more is taken out by its own task; of what has no size nothing is known.
  const unranked = stocks.filter((stock) => !isRanked(stock))
  return [
    ...bands.map((band) => bandChange(band, ranked, unranked)),
    ...topSizes.map((size) => topChange(size, ranked, unranked)),
  ]
}

type RankedStock = SizedStock & { readonly market_cap: number }

function isRanked(stock: SizedStock): stock is RankedStock {
  return stock.active && stock.market_cap !== null && stock.market_cap > 0
}

function bandChange(
  band: Band,
  ranked: readonly RankedStock[],
  unranked: readonly SizedStock[],
): UniverseChange {
  const { key, title, min, max } = band
  const reasonOf = ({ market_cap }: RankedStock, isMember: boolean): string =>
    isMember
      ? `market cap ${dollars(market_cap)} is more than 5% past the edge`
      : `market cap ${dollars(market_cap)} is in this band`
  return changeOf(
    key,
    ranked.map((stock) => {
      const current = bands.find((other) => stock.keys.includes(other.key))
      const isIn = bandAfter(stock.market_cap, current) === band
      return { stock, isIn, reasonOf, detail: { market_cap: stock.market_cap } }
    }),
    unranked,
    { kind: 'band', title, min, max: Number.isFinite(max) ? max : null },
  )
}

function topChange(
  size: number,
  ranked: readonly RankedStock[],
  unranked: readonly SizedStock[],
): UniverseChange {
  const key = topKeyOf(size)
  const candidates = ranked.map((stock, at) => {
    const rank = at + 1
    const reasonOf = (_stock: RankedStock, isMember: boolean): string =>
      isMember ? `rank ${rank} is beyond ${lastRankOf(size)}` : `rank ${rank} is within ${size}`
    const isIn = isInTop(rank, size, stock.keys.includes(key))
    return { stock, isIn, reasonOf, detail: { rank, market_cap: stock.market_cap } }
  })
  const partial = ranked.length < size
  return changeOf(key, candidates, unranked, { kind: 'top', size, partial })
}

interface Candidate {
  readonly stock: RankedStock
  readonly isIn: boolean
  readonly reasonOf: (stock: RankedStock, isMember: boolean) => string
  readonly detail: object
}

function changeOf(
  key: string,
  candidates: readonly Candidate[],
  unranked: readonly SizedStock[],
  metadata: object,
): UniverseChange {
  const isMember = ({ keys: held }: SizedStock): boolean => held.includes(key)
  const changed = candidates.filter(({ stock, isIn }) => isIn !== isMember(stock))
  return {
    key,
    symbols: [...candidates.filter(({ isIn }) => isIn).map(({ stock }) => stock), ...unranked]
      .filter((stock) => isRanked(stock) || isMember(stock))
      .map(({ symbol }) => symbol),
    reason: 'by market cap',
    reasons: new Map(
      changed.map(({ stock, reasonOf }) => [stock.symbol, reasonOf(stock, isMember(stock))]),
    ),
    details: new Map(changed.map(({ stock, detail }) => [stock.symbol, detail])),
    category,
    metadata,
  }
}

const dollars = (amount: number): string => `$${Math.round(amount).toLocaleString('en-US')}`
