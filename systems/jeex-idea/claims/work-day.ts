import {
  measureOnce,
  postgresProbe,
  processProbe,
  users,
  type ClaimContext,
  type Estimate,
  type LoadRun,
  type Sql,
} from 'etalon'
import { dashboardOf, type DashboardFigures } from './monitor.ts'
import { hireWorkers, requestsOf, type Worker } from './workload.ts'

/** The users of the report's table. */
export const staffs = [5, 10, 20, 50] as const

type Staff = (typeof staffs)[number]

/** What the loads of a day have shown. */
interface WorkDay {
  readonly runs: Readonly<Record<Staff, LoadRun>>
  /** What the service says of itself after them. */
  readonly figures: DashboardFigures
  /** Large tables that were read from end to end meanwhile. */
  readonly scanned: readonly string[]
}

let hired: Promise<Worker[]> | undefined

/** Fifty workers, hired once for all claims of this process. */
export function staffOf({ system }: ClaimContext): Promise<Worker[]> {
  hired ??= hireWorkers(system, 50)
  return hired
}

/** What a load watches beside its answers. */
export function probesOf({ system }: ClaimContext): ReturnType<typeof processProbe>[] {
  return [
    processProbe('api', system.process().child.pid),
    postgresProbe('postgres', system.services.postgres.url('owner')),
  ]
}

/** The most memory that the service held during a load, in bytes. */
export function memoryMax({ resources }: LoadRun): number {
  const held = resources.filter(({ name }) => name === 'api')
  return Math.max(...held.map(({ reading }) => reading['residentBytes'] ?? Infinity))
}

/** A time that the service itself measured under a load; it shares the doubts about the load. */
export function toldUnder(run: LoadRun, timeMs: number, samples: number): Estimate {
  return {
    ...run.latency.mean(),
    value: timeMs,
    low: timeMs,
    high: timeMs,
    samples,
    method: "the service's own count of all",
    samplesToDecide: () => undefined,
  }
}

/** How many starts of a load did not get the answer they should have. */
export function failuresOf({ counts }: Pick<LoadRun, 'counts'>): number {
  const { ok: _ok, ...others } = counts
  return Object.values(others).reduce((sum, count) => sum + count, 0)
}

/** As many seconds as show how much the requests of neighbouring ones are alike. */
const durationMs = 8_000

/**
 * The loads, driven once for all claims of this process that judge them. Between two answers a user
 * thinks for 100 ms on average (exponential): the report names no pause, and people take longer.
 */
export const workDayOf = measureOnce(async (context): Promise<WorkDay> => {
  const { system, load, sql } = context
  const workers = await staffOf(context)
  const operator = await system.actor('operator')
  const before = await scansOf(sql)
  const run = (staff: Staff): Promise<LoadRun> =>
    load(users(staff, { law: 'exponential', thinkMsMean: 100 }), {
      durationMs,
      warmUpMs: staff === 50 ? 3_000 : 500,
      name: `${staff} users`,
      requests: requestsOf(workers.slice(0, staff)),
      probes: probesOf(context),
    })
  // The most first, and warmed up for longer: the pool grows, and the service gets quick, once.
  const runs = { 50: await run(50), 20: await run(20), 10: await run(10), 5: await run(5) }
  const figures = await dashboardOf(operator)
  const after = await scansOf(sql)
  const scanned = after
    .filter(({ scans }, at) => scans > (before[at]?.scans ?? 0))
    .map(({ name }) => name)
  return { runs, figures, scanned }
})

/** How often the large tables have been read from end to end. */
function scansOf(sql: Sql): Promise<{ name: string; scans: number }[]> {
  return sql.rows(
    `select relname as name, seq_scan as scans from pg_stat_user_tables
     where relname in ('projects', 'document_versions', 'agent_executions')
     order by relname`,
  )
}
