import { statement } from 'service-kit'
import type { Day } from '../../calendar/day.ts'
import type { TaskResults } from '../sync/task.ts'

export type Trigger = 'eod' | 'override' | 'task'

/** A run of the synchronizer. */
export interface SyncRun {
  readonly id: string
  readonly trading_day: Day
  readonly trigger: Trigger
  readonly status: 'running' | 'completed' | 'partial' | 'failed' | 'skipped'
  readonly started_at: Date
  readonly finished_at: Date | null
  readonly window_ms: number
  readonly within_window: boolean | null
  readonly alert: string | null
  readonly task_results: TaskResults
}

const columns = `id, trading_day, trigger, status, started_at, finished_at, window_ms,
  within_window, alert, task_results`

/** Opens the run of a day that has none; a day before one that was run needs none any more. */
export const openDay = statement<
  { id: string },
  [day: Day, startedAt: Date, windowMs: number, results: string]
>(
  'sync-run-open-day',
  `insert into sync_runs (trading_day, trigger, started_at, window_ms, task_results)
   select $1::date, 'eod', $2, $3, $4
   where not exists (
     select from sync_runs
     where trigger = 'eod' and trading_day > $1::date and status <> 'skipped'
   )
   on conflict (trading_day) where trigger = 'eod' do nothing
   returning id`,
)

/** Keeps that a day was not run, unless it was. */
export const skipDay = statement<
  { id: string },
  [day: Day, at: Date, windowMs: number, alert: string]
>(
  'sync-run-skip-day',
  `insert into sync_runs
     (trading_day, trigger, status, started_at, finished_at, window_ms, within_window, alert)
   values ($1, 'eod', 'skipped', $2, $2, $3, false, $4)
   on conflict (trading_day) where trigger = 'eod' do nothing
   returning id`,
)

/** Opens a run that a person or the synchronizer itself orders. */
export const openOrdered = statement<
  { id: string },
  [trigger: Trigger, day: Day, startedAt: Date, windowMs: number, results: string]
>(
  'sync-run-open-ordered',
  `insert into sync_runs (trigger, trading_day, started_at, window_ms, task_results)
   values ($1, $2, $3, $4, $5) returning id`,
)

/** The runs that are not done, the oldest first. */
export const findRunning = statement<{ id: string }, []>(
  'sync-run-find-running',
  `select id from sync_runs where status = 'running' order by started_at, id`,
)

export const findRun = statement<SyncRun, [id: string]>(
  'sync-run-find',
  `select ${columns} from sync_runs where id = $1`,
)

export const findRunOfDay = statement<SyncRun, [day: Day]>(
  'sync-run-find-of-day',
  `select ${columns} from sync_runs where trading_day = $1 and trigger = 'eod'`,
)

/** Keeps what became of some tasks. */
export const keepResults = statement<never, [id: string, results: string]>(
  'sync-run-keep-results',
  `update sync_runs set task_results = task_results || $2::jsonb
   where id = $1 and status = 'running'`,
)

export const finishRun = statement<
  SyncRun,
  [id: string, status: string, at: Date, withinWindow: boolean, alert: string | null]
>(
  'sync-run-finish',
  `update sync_runs
   set status = $2, finished_at = $3, within_window = $4,
     alert = nullif(concat_ws('; ', alert, $5::text), '')
   where id = $1 and status = 'running' returning ${columns}`,
)

/** Keeps that the window of a run is over, once. */
export const keepOverrun = statement<{ id: string }, [id: string, alert: string]>(
  'sync-run-keep-overrun',
  `update sync_runs set within_window = false, alert = $2
   where id = $1 and status = 'running' and within_window is null returning id`,
)

/** Memberships that a run changed, by what changed them. */
export const countChanges = statement<{ change_type: string; changes: number }, [id: string]>(
  'sync-run-count-changes',
  `select change_type, count(*) as changes from sync_changes_log where run_id = $1
   group by change_type order by change_type`,
)

/** When new listings were last looked for. */
export const findLastIpoRun = statement<{ started_at: Date }, []>(
  'sync-run-last-ipo',
  `select started_at from sync_runs where task_results ? 'ipo_assignment'
   order by started_at desc limit 1`,
)
