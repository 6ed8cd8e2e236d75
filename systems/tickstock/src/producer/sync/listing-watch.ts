import { lastTradingDay } from '../../calendar/last-trading-day.ts'
import { dayInNewYork } from '../../calendar/new-york.ts'
import { expect } from '../store/sync-expectation.ts'
import { findLastIpoRun } from '../store/sync-run.ts'
import { findNewListings } from '../store/sync-universe.ts'
import { newForDays } from './assignment.ts'
import { firstExpectedDay } from './expectation.ts'
import { openOrderedRun, type Opening } from './opening.ts'

/** New listings are assigned within 24 hours, also when no trading day ends; so twice in them. */
const assignEveryMs = 12 * 3_600_000

/** How often it is looked whether that time has come. */
const lookEveryMs = 60_000

/**
 * Gives what orders the assignment of new listings when no trading day's end would assign them soon
 * enough, as at a week's end; to be called again and again.
 */
export function watchListings(options: Opening & { readonly waitMs: number }): () => Promise<void> {
  const { pool, clock, waitMs } = options
  let lookedAtMs = 0
  return async () => {
    const now = clock.now()
    const nowMs = now.getTime()
    if (nowMs - lookedAtMs < lookEveryMs) return
    lookedAtMs = nowMs
    const [expected] = await expect(pool, firstExpectedDay(now, waitMs), now)
    const [last] = await findLastIpoRun(pool)
    const since = Math.max(expected?.since.getTime() ?? nowMs, last?.started_at.getTime() ?? 0)
    if (nowMs - since < assignEveryMs) return
    const listings = await findNewListings(pool, dayInNewYork(now), newForDays, null)
    if (listings.length === 0) return
    await openOrderedRun(options, 'task', lastTradingDay(now), ['ipo_assignment'])
  }
}
