import { statement } from 'service-kit'
import type { z } from 'zod'
import type { TaskName } from '../../message/sync-task.ts'
import type { runChange, runRow } from '../schema/sync.ts'

/** A run as it is kept. */
export interface RunRecord extends Omit<z.input<typeof runRow>, 'tasks' | 'total_changes'> {
  readonly task_results: Readonly<Partial<Record<TaskName, TaskRecord>>>
}

/** What is kept of a task. */
export type TaskRecord = Omit<z.input<typeof runRow>['tasks'][number], 'task' | 'duration_ms'>

const columns = `id, trading_day, trigger, status, started_at, finished_at,
  (extract(epoch from finished_at - started_at) * 1000)::float8 as duration_ms,
  window_ms, within_window, alert, task_results`

type RunFilter = [status: string | undefined, trigger: string | undefined]

const meetsRunFilter = `($1::text is null or status = $1) and ($2::text is null or trigger = $2)`

/** Runs, the newest first. */
export const readRuns = statement<RunRecord, [...RunFilter, limit: number, offset: number]>(
  'sync-run-read-page',
  `select ${columns} from sync_runs where ${meetsRunFilter}
   order by started_at desc, id desc limit $3 offset $4`,
)

export const countRuns = statement<{ total: number }, RunFilter>(
  'sync-run-count',
  `select count(*) as total from sync_runs where ${meetsRunFilter}`,
)

export const findRun = statement<RunRecord, [id: string]>(
  'sync-run-find',
  `select ${columns} from sync_runs where id = $1`,
)

/** How many changes a run made, by each of three things: one of them is named in each row. */
export const summarizeRun = statement<
  {
    change_type: string | null
    action: string | null
    universe: string | null
    changes: number
  },
  [id: string]
>(
  'sync-run-summarize',
  `select change_type, action, universe, count(*) as changes from sync_changes_log
   where run_id = $1 group by grouping sets (change_type, action, universe)
   order by change_type, action, universe`,
)

type ChangeFilter = [
  runId: string,
  type: string | undefined,
  action: string | undefined,
  universe: string | undefined,
  symbol: string | undefined,
]

const meetsChangeFilter = `run_id = $1 and ($2::text is null or change_type = $2)
  and ($3::text is null or action = $3) and ($4::text is null or universe = $4)
  and ($5::text is null or symbol = $5)`

/** Changes of a run in the order in which they were made. */
export const readChanges = statement<
  z.input<typeof runChange>,
  [...ChangeFilter, limit: number, offset: number]
>(
  'sync-change-read-page',
  `select id, change_type, universe, symbol, action, reason, metadata, created_at
   from sync_changes_log where ${meetsChangeFilter} order by id limit $6 offset $7`,
)

export const countChanges = statement<{ total: number }, ChangeFilter>(
  'sync-change-count',
  `select count(*) as total from sync_changes_log where ${meetsChangeFilter}`,
)
