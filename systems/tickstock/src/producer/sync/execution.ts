import type { Pool, PoolClient } from 'pg'
import { every, inTransaction, type Clock, type Sql } from 'service-kit'
import { dayInNewYork } from '../../calendar/new-york.ts'
import { taskNames, type TaskName } from '../../message/sync-task.ts'
import type { Log } from '../producer.ts'
import {
  countChanges,
  finishRun,
  findRun,
  findRunning,
  keepOverrun,
  keepResults,
  type SyncRun,
} from '../store/sync-run.ts'
import type { Alert } from './alert.ts'
import { delistingCleanup } from './delisting-cleanup.ts'
import { etfMaintenance } from './etf-maintenance.ts'
import { ipoAssignment } from './ipo-assignment.ts'
import { marketCap } from './market-cap.ts'
import { tellComplete } from './opening.ts'
import { transactionOn, withRunLease, type Leased } from './run-lease.ts'
import { statusOf, type Task, type TaskResult, type TaskResults, type TaskWork } from './task.ts'
import { themeRebalance } from './theme-rebalance.ts'

/** What runs are done with. */
export interface Execution {
  readonly pool: Pool
  /** Business time. */
  readonly clock: Clock
  readonly log: Log
  readonly alert: Alert
  /** Ends the work after the task under way; the run is taken up again by whoever comes next. */
  readonly signal: AbortSignal
}

const tasks: Readonly<Record<TaskName, Task>> = {
  market_cap: marketCap,
  ipo_assignment: ipoAssignment,
  delisting_cleanup: delistingCleanup,
  theme_rebalance: themeRebalance,
  etf_maintenance: etfMaintenance,
}

/** How often it is looked whether the window of the run under way is over. */
const lookEveryMs = 500

/**
 * Does every run that was opened and is not done, also those that a process left when it died,
 * each from the task at which it stood. Does nothing while another process is at it.
 */
export async function executeRuns(execution: Execution): Promise<Leased<void>> {
  const running = await findRunning(execution.pool)
  if (running.length === 0) return { held: true, result: undefined }
  return withRunLease(execution.pool, async (connection) => {
    // Those that were open before the lease was taken may be done by now.
    for (const { id } of await findRunning(connection)) {
      const [run] = await findRun(connection, id)
      if (run?.status === 'running') await executeRun(execution, connection, run)
    }
  })
}

async function executeRun(
  execution: Execution,
  connection: PoolClient,
  run: SyncRun,
): Promise<void> {
  const { clock, log, signal } = execution
  const work: TaskWork = {
    sql: connection,
    transaction: (part) => transactionOn(connection, part),
    runId: run.id,
    tradingDay: run.trading_day,
    today: dayInNewYork(clock.now()),
    log,
  }
  const watch = every(
    lookEveryMs,
    () => noteOverrun(execution, run),
    (error) => log.warn({ err: error }, 'the window of a synchronization could not be checked'),
  )
  try {
    const results: { [Name in TaskName]?: TaskResult } = { ...run.task_results }
    for (const name of taskNames) {
      const before = results[name]
      if (before?.status !== 'pending' && before?.status !== 'running') continue
      if (signal.aborted) return
      results[name] = await executeTask(execution, work, tasks[name], results)
    }
    await noteOverrun(execution, run)
    await finish(execution, work, run, results)
  } finally {
    await watch.stop()
  }
}

async function executeTask(
  { clock, log }: Execution,
  work: TaskWork,
  task: Task,
  results: TaskResults,
): Promise<TaskResult> {
  const now = (): string => clock.now().toISOString()
  const started_at = results[task.name]?.started_at ?? now()
  const keep = async (sql: Sql, result: TaskResult): Promise<TaskResult> => {
    await keepResults(sql, work.runId, JSON.stringify({ [task.name]: result }))
    return result
  }
  const ended = async (
    sql: Sql,
    status: TaskResult['status'],
    more: Partial<TaskResult> = {},
  ): Promise<TaskResult> => {
    const changes = (await countChanges(sql, work.runId)).find(
      ({ change_type }) => change_type === task.name,
    )
    const facts = { status, started_at, finished_at: now(), changes: changes?.changes ?? 0 }
    return keep(sql, { ...facts, error: null, ...more })
  }
  const missing = task.after.filter((name) => results[name] && !isCompleted(results[name]))
  if (missing.length > 0) {
    return ended(work.sql, 'skipped', { error: `not done, because ${missing.join()} was not` })
  }
  await keep(work.sql, {
    status: 'running',
    started_at,
    finished_at: null,
    changes: 0,
    error: null,
  })
  const told = (status: TaskResult['status'], more: Partial<TaskResult>): Promise<TaskResult> =>
    work.transaction(async (tx) => {
      await task.tell?.(tx, work)
      return ended(tx, status, more)
    })
  try {
    const facts = await task.do(work)
    return await told('completed', { facts })
  } catch (error) {
    // A connection that is lost is no fault of the task: the run is taken up again.
    await work.sql.query({ text: 'select 1' })
    log.error({ err: error, run: work.runId, task: task.name }, 'a task failed')
    const text = error instanceof Error ? error.message : String(error)
    // What it did before it failed stays, so it is told; unless it is the telling that fails.
    return told('failed', { error: text }).catch(() => ended(work.sql, 'failed', { error: text }))
  }
}

const isCompleted = (result: TaskResult): boolean => result.status === 'completed'

async function finish(
  { clock, alert }: Execution,
  work: TaskWork,
  run: SyncRun,
  results: TaskResults,
): Promise<void> {
  const status = statusOf(results)
  const undone = taskNames.filter((name) => {
    const result = results[name]
    return result !== undefined && !isCompleted(result)
  })
  const text = undone.length === 0 ? null : `not done: ${undone.join(', ')}`
  const at = clock.now()
  await work.transaction(async (tx) => {
    const [finished] = await finishRun(tx, run.id, status, at, isWithinWindow(run, at), text)
    if (finished !== undefined) await tellComplete(tx, finished)
  })
  if (text !== null)
    alert('tasks', { run: run.id, day: run.trading_day }, `synchronization ${text}`)
}

function isWithinWindow({ started_at, window_ms }: SyncRun, at: Date): boolean {
  return at.getTime() - started_at.getTime() <= window_ms
}

/** Says once, as soon as it is so, that a run takes longer than it may. */
async function noteOverrun({ pool, clock, alert }: Execution, run: SyncRun): Promise<void> {
  if (isWithinWindow(run, clock.now())) return
  const text = `not done within ${Math.round(run.window_ms / 1_000)} s`
  const noted = await inTransaction(pool, (tx) => keepOverrun(tx, run.id, text))
  if (noted.length > 0) alert('overrun', { run: run.id, day: run.trading_day }, text)
}
