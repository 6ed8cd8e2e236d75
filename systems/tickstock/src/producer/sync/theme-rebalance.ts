import { tradingDaysUntil } from '../../calendar/last-trading-day.ts'
import {
  findEtfUniverses,
  findLiquidity,
  findSectors,
  lockUniverse,
} from '../store/sync-universe.ts'
import { newForDays } from './assignment.ts'
import {
  illiquidity,
  lookBackDays,
  sectorChange,
  sectorKeyOf,
  sectorUniverse,
} from './justification.ts'
import type { Task, TaskWork } from './task.ts'
import { applyChange } from './universe-change.ts'

/**
 * Changes what belongs together only where there is a reason: an ETF that was too little traded on
 * 20 of 30 days leaves its theme, a stock whose sector changed moves to the other one.
 */
export const themeRebalance: Task = {
  name: 'theme_rebalance',
  after: [],
  async do(work) {
    for (const { key, filter } of await findEtfUniverses(work.sql)) {
      const { min_volume: minVolume } = filter
      if (minVolume !== undefined) await dropIlliquid(work, key, minVolume)
    }
    for (const [key, moves] of await sectorMoves(work)) await move(work, key, moves)
    return {}
  },
}

async function dropIlliquid(work: TaskWork, key: string, minVolume: number): Promise<void> {
  const [first] = tradingDaysUntil(work.tradingDay, lookBackDays)
  if (first === undefined) return
  await work.transaction(async (tx) => {
    const [universe] = await lockUniverse(tx, key)
    if (universe === undefined) return
    const reasons = new Map<string, string>()
    for (const row of await findLiquidity(tx, key, first, work.tradingDay, minVolume)) {
      const reason = illiquidity({ days: row.days, failedDays: row.failed_days, minVolume })
      if (reason !== undefined) reasons.set(row.symbol, reason)
    }
    if (reasons.size === 0) return
    await applyChange(tx, work, 'theme_rebalance', {
      key,
      symbols: universe.symbols.filter((symbol) => !reasons.has(symbol)),
      reason: 'rebalanced',
      reasons,
    })
  })
}

interface Moves {
  readonly gained: Map<string, string>
  readonly lost: Map<string, string>
}

/** Which stocks each universe of a sector gains and loses, with the reason of each. */
async function sectorMoves(work: TaskWork): Promise<Map<string, Moves>> {
  const moves = new Map<string, Moves>()
  const movesOf = (key: string): Moves => {
    const known = moves.get(key) ?? { gained: new Map<string, string>(), lost: new Map() }
    moves.set(key, known)
    return known
  }
  for (const { symbol, sector, keys } of await findSectors(work.sql, work.today, newForDays)) {
    const key = sectorKeyOf(sector)
    for (const held of keys) {
      const reason = sectorChange(held, sector)
      if (reason !== undefined) movesOf(held).lost.set(symbol, reason)
    }
    if (!keys.includes(key)) movesOf(key).gained.set(symbol, `its sector is ${sector} now`)
  }
  return moves
}

async function move(work: TaskWork, key: string, { gained, lost }: Moves): Promise<void> {
  await work.transaction(async (tx) => {
    const [universe] = await lockUniverse(tx, key)
    const staying = (universe?.symbols ?? []).filter((symbol) => !lost.has(symbol))
    await applyChange(tx, work, 'theme_rebalance', {
      key,
      symbols: [...staying, ...gained.keys()],
      reason: 'rebalanced',
      reasons: new Map([...gained, ...lost]),
      ...(universe === undefined ? sectorUniverse : {}),
    })
  })
}
