import {
  findEtfUniverses,
  findFigures,
  findReturning,
  findUnfit,
  lockUniverse,
} from '../store/sync-universe.ts'
import { tradingDaysUntil } from '../../calendar/last-trading-day.ts'
import { failedDaysToReturn, lookBackDays } from './justification.ts'
import type { Task, TaskWork } from './task.ts'
import { applyChange } from './universe-change.ts'

/**
 * Applies the filters of the universes of ETFs again, to what is known of each ETF now, and brings
 * their figures up to date. How much is traded is judged over weeks, by the rebalancing; a fund
 * leaves for its size or its cost only when it is more than 5 % past what is asked. One that left
 * for its filter comes back when it meets all of it.
 */
export const etfMaintenance: Task = {
  name: 'etf_maintenance',
  // Its figures are those of the members that the rebalancing leaves.
  after: ['theme_rebalance'],
  async do(work) {
    for (const { key } of await findEtfUniverses(work.sql)) await maintain(work, key)
    return {}
  },
}

async function maintain(work: TaskWork, key: string): Promise<void> {
  const [first] = tradingDaysUntil(work.tradingDay, lookBackDays)
  if (first === undefined) return
  await work.transaction(async (tx) => {
    const [universe] = await lockUniverse(tx, key)
    if (universe === undefined) return
    const unfit = await findUnfit(tx, key)
    const returning = await findReturning(tx, key, first, work.tradingDay, failedDaysToReturn)
    const lost = new Map(unfit.map(({ symbol, reason }) => [symbol, reason]))
    const gained = new Map(returning.map(({ symbol }) => [symbol, 'meets the filter again']))
    const symbols = [...universe.symbols.filter((symbol) => !lost.has(symbol)), ...gained.keys()]
    const [figures] = await findFigures(tx, key, symbols)
    await applyChange(tx, work, 'etf_maintenance', {
      key,
      symbols,
      reason: 'filter applied again',
      reasons: new Map([...lost, ...gained]),
      metadata: { ...universe.universe_metadata, figures: figures?.figures ?? null },
    })
  })
}
