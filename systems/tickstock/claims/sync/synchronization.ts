import { type CommandResult, eventually, type Sql, type SystemHandle } from 'etalon'

/** The five tasks in their order. */
export const tasks = [
  'market_cap',
  'ipo_assignment',
  'delisting_cleanup',
  'theme_rebalance',
  'etf_maintenance',
] as const

export interface TaskRecord {
  readonly status: string
  readonly started_at: string
  readonly finished_at: string
  readonly changes: number
  readonly error: string | null
}

/** A run as the database has it. */
export interface Run {
  readonly id: string
  readonly trading_day: string
  readonly trigger: string
  readonly status: string
  readonly started_at: Date
  readonly finished_at: Date | null
  readonly within_window: boolean | null
  readonly alert: string | null
  readonly task_results: Readonly<Record<string, TaskRecord>>
}

/** Runs of a trading day in the order in which they were opened. */
export function runsOf(sql: Sql, day: string): Promise<Run[]> {
  return sql.rows<Run>(
    `select id, trading_day::text, trigger, status, started_at, finished_at, within_window, alert,
       task_results
     from sync_runs where trading_day = $1 order by started_at, id`,
    [day],
  )
}

/** Tells that the data of a trading day are loaded, as the loader does. */
export async function tellEnd(sql: Sql, day: string): Promise<void> {
  await sql.run(`select publish_message('tickstock.eod.complete', 'eod_complete', $1)`, [
    JSON.stringify({ trading_day: day, symbols: 1 }),
  ])
}

const doneWithinMs = 25_000

/** The run of a day when it has ended; throws when there is none that ends. */
export async function endedRun(sql: Sql, day: string): Promise<Run> {
  let run: Run | undefined
  const isDone = async (): Promise<boolean> => {
    run = (await runsOf(sql, day)).at(-1)
    return run !== undefined && run.status !== 'running'
  }
  if ((await eventually(isDone, doneWithinMs)) && run !== undefined) return run
  throw new Error(`the synchronization of ${day} did not end: ${run?.status ?? 'no run'}`)
}

/** Ends a trading day and waits for its synchronization. */
export async function synchronize(sql: Sql, day: string): Promise<Run> {
  await tellEnd(sql, day)
  return endedRun(sql, day)
}

/** One of the synchronizer's commands. */
export function cacheSync(
  system: SystemHandle,
  ...args: readonly string[]
): Promise<CommandResult> {
  const command = ['node', 'src/producer/cli.ts', 'cache-sync', ...args] as const
  return system.run(command, ({ postgres }) => ({ DATABASE_URL: postgres.url('producer') }))
}

export interface LoggedChange {
  readonly change_type: string
  readonly universe: string
  readonly symbol: string
  readonly action: string
  readonly reason: string
}

/** What a run changed, in the order in which it did. */
export function changesOf(sql: Sql, run: { readonly id: string }): Promise<LoggedChange[]> {
  return sql.rows<LoggedChange>(
    `select change_type, universe, symbol, action, reason from sync_changes_log
     where run_id = $1 order by id`,
    [run.id],
  )
}

/** Messages of a channel that a synchronization said since a position of the outbox. */
export async function messagesSince(
  sql: Sql,
  position: number,
  channel: string,
): Promise<Record<string, unknown>[]> {
  const rows = await sql.rows<{ payload: Record<string, unknown> }>(
    'select payload from outbox where channel = $1 and position > $2 order by position',
    [channel, position],
  )
  return rows.map(({ payload }) => payload)
}

/** The position of the last message in the outbox. */
export function lastPosition(sql: Sql): Promise<number> {
  return sql.value<number>('select coalesce(max(position), 0) from outbox')
}
