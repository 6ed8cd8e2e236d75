import { Client, type Pool, type PoolClient } from 'pg'
import { PgBoss } from 'pg-boss'
import type { Clock } from './clock.ts'
import { statement } from './postgres.ts'
import { every, type Schedule } from './schedule.ts'
import { inTransaction } from './transaction.ts'

/** Work that is due again and again. */
export interface PeriodicJob {
  /** Name of its queue, which {@link installJobs} has made. */
  readonly name: string
  readonly intervalMs: number
  /** Called in one process at a time unless a process hangs; hold a lease where that matters. */
  readonly run: () => Promise<unknown>
}

/** Options of {@link runPeriodically}. */
export interface PeriodicOptions {
  readonly url: string
  readonly pool: Pool
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string
  readonly clock: Clock
  readonly jobs: readonly PeriodicJob[]
  /** The engine works on `pool`, instead of on two connections of its own. */
  readonly sharesPool?: boolean
  /** Told of what fails; the next try comes by itself. */
  readonly onError: (error: unknown) => void
}

/** The schema that the job engine has for itself. */
const jobSchema = 'pgboss'

/** How often the clock is looked at. */
const lookEveryMs = 1_000

const keepSchedule = statement<{ due_at: Date }, [name: string, dueAt: Date]>(
  'job-schedule-keep',
  `insert into job_schedules (name, due_at) values ($1, $2)
   on conflict (name) do update set due_at = least(job_schedules.due_at, excluded.due_at)
   returning due_at`,
)

const takeTurn = statement<never, [name: string, now: Date, next: Date]>(
  'job-schedule-take-turn',
  'update job_schedules set due_at = $3 where name = $1 and due_at <= $2 returning name',
)

const readSchedule = statement<{ due_at: Date }, [name: string]>(
  'job-schedule-read',
  'select due_at from job_schedules where name = $1',
)

/**
 * Runs jobs by pg-boss. When one is due is told by `clock`, so a clock that is moved moves the
 * jobs, and stands in `job_schedules`, so any number of processes make one job of each turn: the
 * process that takes the turn sends the job in the same transaction. A job that fails is tried
 * again by the engine. The first turn comes one interval after the first process has started.
 *
 * The system's schema holds the table `job_schedules (name text primary key, due_at timestamptz)`.
 */
export function runPeriodically(options: PeriodicOptions): Schedule {
  const { pool, clock, jobs, onError } = options
  const engine = new Engine(options)
  const dueAtMs = new Map<string, number>()

  async function look(job: PeriodicJob): Promise<void> {
    const now = clock.now()
    const due = dueAtMs.get(job.name)
    if (due !== undefined && now.getTime() < due) return
    const next = new Date(now.getTime() + job.intervalMs)
    if (due === undefined) {
      const [kept] = await keepSchedule(pool, job.name, next)
      dueAtMs.set(job.name, (kept?.due_at ?? next).getTime())
      return
    }
    await inTransaction(pool, async (tx) => {
      const taken = await takeTurn(tx, job.name, now, next)
      if (taken.length > 0) await engine.send(tx, job.name)
    })
    const [schedule] = await readSchedule(pool, job.name)
    dueAtMs.set(job.name, (schedule?.due_at ?? next).getTime())
    engine.wake(job.name)
  }

  const looking = every(
    Math.min(lookEveryMs, ...jobs.map((job) => job.intervalMs)),
    async () => {
      await engine.start()
      for (const job of jobs) await look(job)
    },
    onError,
  )
  return {
    async stop() {
      await looking.stop()
      await engine.stop()
    },
  }
}

/** pg-boss with a worker for each job; starts when the database is there. */
class Engine {
  readonly #boss: PgBoss
  readonly #jobs: readonly PeriodicJob[]
  readonly #workers = new Map<string, string>()
  readonly #onError: (error: unknown) => void
  #isStarted = false

  constructor({ url, pool, applicationName, jobs, sharesPool, onError }: PeriodicOptions) {
    this.#jobs = jobs
    this.#onError = onError
    const own = {
      connectionString: url,
      application_name: `${applicationName}-jobs`,
      max: 2,
    }
    const shared = {
      db: { executeSql: (text: string, values?: unknown[]) => pool.query<object>(text, values) },
    }
    this.#boss = new PgBoss({
      ...(sharesPool === true ? shared : own),
      schema: jobSchema,
      // The schema is the owner's business, and so are its indexes.
      migrate: false,
      createSchema: false,
      reindex: false,
      schedule: false,
    })
    this.#boss.on('error', onError)
  }

  async start(): Promise<void> {
    if (this.#isStarted) return
    await this.#boss.start()
    for (const { name, run } of this.#jobs) {
      if (this.#workers.has(name)) continue
      const work = async (): Promise<void> => {
        try {
          await run()
        } catch (error) {
          this.#onError(error)
          throw error
        }
      }
      this.#workers.set(name, await this.#boss.work(name, { pollingIntervalSeconds: 5 }, work))
    }
    this.#isStarted = true
  }

  async send(tx: PoolClient, name: string): Promise<void> {
    const db = {
      executeSql: (text: string, values?: unknown[]) => tx.query<object>(text, values),
    }
    await this.#boss.send(name, null, { db })
  }

  /** Has the worker look at once instead of at its next poll. */
  wake(name: string): void {
    const worker = this.#workers.get(name)
    if (worker !== undefined) this.#boss.notifyWorker(worker)
  }

  async stop(): Promise<void> {
    // Waits for the job under way; the engine's own way of waiting looks every half second.
    for (const name of this.#workers.keys()) await this.#boss.offWork(name)
    // A database that is away keeps nobody from ending.
    await this.#boss.stop({ graceful: false }).catch(this.#onError)
  }
}

/** Who runs jobs, and which. */
export interface JobInstallation {
  /** The role that the service is a member of; it gets what running jobs takes, and owns nothing. */
  readonly role: string
  /** Names of the jobs. */
  readonly queues: readonly string[]
}

/**
 * Makes or updates the schema of the job engine, with one queue for each job; `url` is that of the
 * role that owns the database.
 */
export async function installJobs(url: string, { role, queues }: JobInstallation): Promise<void> {
  const boss = new PgBoss({
    connectionString: url,
    schema: jobSchema,
    max: 1,
    supervise: false,
    schedule: false,
  })
  const failures: unknown[] = []
  boss.on('error', (error) => failures.push(error))
  try {
    await boss.start()
    for (const queue of queues) {
      // One waiting job is enough: the second would find nothing more to do.
      if ((await boss.getQueue(queue)) === null) await boss.createQueue(queue, { policy: 'short' })
    }
    await boss.getDb().executeSql(grantsTo(role))
  } finally {
    await boss.stop({ graceful: false })
  }
  if (failures.length > 0) throw failures[0]
}

/** Takes the schema of the job engine away, with all jobs. */
export async function uninstallJobs(url: string): Promise<void> {
  const client = new Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(`drop schema if exists ${jobSchema} cascade`)
  } finally {
    await client.end()
  }
}

function grantsTo(role: string): string {
  return `grant usage on schema ${jobSchema} to ${role};
    grant select, insert, update, delete on all tables in schema ${jobSchema} to ${role};
    grant usage on all sequences in schema ${jobSchema} to ${role};
    grant execute on all functions in schema ${jobSchema} to ${role};`
}
