import type { Pool } from 'pg'
import { inTransaction, type Clock, type Sql } from 'service-kit'
import type { Day } from '../../calendar/day.ts'
import { nextTradingDay } from '../../calendar/trading-day.ts'
import { channels } from '../../message/channel.ts'
import { taskNames, type TaskName } from '../../message/sync-task.ts'
import { publish } from '../publication.ts'
import { expectNext } from '../store/sync-expectation.ts'
import {
  countChanges,
  findRun,
  openDay,
  openOrdered,
  skipDay,
  type SyncRun,
} from '../store/sync-run.ts'
import { pendingResults } from './task.ts'

/** What runs are opened with. */
export interface Opening {
  readonly pool: Pool
  readonly clock: Clock
  readonly windowMs: number
}

/**
 * Opens the run of a day whose end was told. Gives undefined, and opens nothing, where the day has
 * its run, or was given up, or a later one was run already.
 */
export async function openDayRun(
  { pool, clock, windowMs }: Opening,
  day: Day,
): Promise<string | undefined> {
  return inTransaction(pool, async (tx) => {
    const results = JSON.stringify(pendingResults(taskNames))
    const [opened] = await openDay(tx, day, clock.now(), windowMs, results)
    await expectNext(tx, nextTradingDay(day))
    return opened?.id
  })
}

/** Opens a run that somebody ordered, with the tasks he ordered. */
export async function openOrderedRun(
  { pool, clock, windowMs }: Opening,
  trigger: 'override' | 'task',
  day: Day,
  names: readonly TaskName[] = taskNames,
): Promise<string> {
  const results = JSON.stringify(pendingResults(names))
  const [opened] = await openOrdered(pool, trigger, day, clock.now(), windowMs, results)
  if (opened === undefined) throw new Error('a run was not opened')
  return opened.id
}

/** Gives a day up whose end nobody told in time. Gives undefined where it has its run. */
export async function giveUpDay(
  { pool, clock, windowMs }: Opening,
  day: Day,
  alert: string,
): Promise<string | undefined> {
  return inTransaction(pool, async (tx) => {
    const [skipped] = await skipDay(tx, day, clock.now(), windowMs, alert)
    await expectNext(tx, nextTradingDay(day))
    if (skipped === undefined) return undefined
    const [run] = await findRun(tx, skipped.id)
    if (run !== undefined) await tellComplete(tx, run)
    return skipped.id
  })
}

/** Tells, in the transaction that ends a run, how it ended. */
export async function tellComplete(tx: Sql, run: SyncRun): Promise<void> {
  if (run.status === 'running') throw new Error('a run that goes on is not complete')
  const changes = await countChanges(tx, run.id)
  const summary = Object.entries(run.task_results).map(([task, result]) => {
    const { status, changes: count, started_at, finished_at } = result
    const durationMs = Date.parse(finished_at ?? '') - Date.parse(started_at ?? '')
    return [task, { status, changes: count, duration_ms: durationMs }] as const
  })
  await publish(tx, channels.syncComplete, 'sync_complete', {
    run_id: run.id,
    trading_day: run.trading_day,
    status: run.status,
    total_changes: changes.reduce((sum, each) => sum + each.changes, 0),
    task_summary: Object.fromEntries(summary),
    changes_by_type: Object.fromEntries(changes.map((each) => [each.change_type, each.changes])),
    within_window: run.within_window === true,
    window_ms: run.window_ms,
  })
}
