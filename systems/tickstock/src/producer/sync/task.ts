import type { Sql } from 'service-kit'
import type { Day } from '../../calendar/day.ts'
import type { TaskName } from '../../message/sync-task.ts'
import type { Log } from '../producer.ts'

/** What became of a task. */
export interface TaskResult {
  readonly status: 'pending' | 'running' | 'completed' | 'failed' | 'skipped'
  readonly started_at: string | null
  readonly finished_at: string | null
  /** Memberships that it began or ended. */
  readonly changes: number
  readonly error: string | null
  /** What else there is to say of it. */
  readonly facts?: Readonly<Record<string, unknown>>
}

export type TaskResults = Readonly<Partial<Record<TaskName, TaskResult>>>

/** What a task works with: the connection that holds the lease, and what it is done for. */
export interface TaskWork {
  readonly sql: Sql
  /** One transaction on that connection. */
  transaction<Result>(work: (tx: Sql) => Promise<Result>): Promise<Result>
  readonly runId: string
  readonly tradingDay: Day
  /** The calendar day in New York on which it is done. */
  readonly today: Day
  readonly log: Log
}

/** One of the five. Doing it again, after it was interrupted, ends in the same state. */
export interface Task {
  readonly name: TaskName
  /** Without these it is not done. */
  readonly after: readonly TaskName[]
  /** Gives what is to be said of it beside its changes. */
  do(work: TaskWork): Promise<Readonly<Record<string, unknown>>>
  /** Tells what it did, in the transaction that says that it is done or has failed. */
  readonly tell?: (tx: Sql, work: TaskWork) => Promise<void>
}

/** The tasks that a run still has to do. */
export function pendingResults(names: readonly TaskName[]): TaskResults {
  const pending: TaskResult = {
    status: 'pending',
    started_at: null,
    finished_at: null,
    changes: 0,
    error: null,
  }
  return Object.fromEntries(names.map((name) => [name, pending]))
}

/** How a run ended, by how its tasks did. */
export function statusOf(results: TaskResults): 'completed' | 'partial' | 'failed' {
  const all = Object.values(results)
  const done = all.filter(({ status }) => status === 'completed').length
  if (done === all.length) return 'completed'
  return done === 0 ? 'failed' : 'partial'
}
