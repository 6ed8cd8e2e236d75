import {
  claim,
  postgresProbe,
  processProbe,
  users,
  type ClaimContext,
  type LoadRequest,
  type LoadRun,
} from 'etalon'
import { desynchronized, insertStudents } from '../coupled-pair.ts'
import { issueAll } from '../license.ts'
import { personOf } from '../person.ts'

/** Slices of a second show how samples belong together, from eight of them on. */
const durationMs = 8_000
const warmUpMs = 1_000
const quiet = { isolation: 'quiet', timeoutMs: 240_000 } as const

/**
 * All of them begin at once. Thinking exponentially long they are spread from their second request
 * on; between fixed bounds they would come in waves for as long as the measurement takes.
 */
const thinkOfWriters = { law: 'exponential', thinkMsMean: 1_500 } as const
/** Until then the first requests of a thousand, which come all at once, have been answered. */
const burstMs = 3_000

/** What a signed-in student's pages ask for. */
const studentPaths = [
  '/api/v1/users/me',
  '/api/v1/licenses/unified',
  '/api/v1/licenses/expiring?days=30',
  '/api/v1/lfa-player/licenses/me',
  '/api/v1/gancuju/licenses/me',
  '/api/v1/internship/licenses/me',
  '/api/v1/coach/licenses/me',
  '/api/v1/internship/credits/balance',
  '/api/v1/lfa-player/credits/transactions',
  '/api/v1/semesters',
  '/api/v1/sessions',
  '/api/v1/specializations/progress/me',
  '/api/v1/specializations/levels/PLAYER',
] as const

claim(['LFA-PERF-06', 'LFA-PERF-07'], quiet, async (context) => {
  const { load, prove } = context
  const think = { law: 'exponential', thinkMsMean: 250 } as const
  const run = await load(users(150, think), {
    ...watched(context, 'every response, 150 students at once'),
    requests: await studentRequests(context),
  })
  prove('responses within 100 ms', run.latency.within(100)).isAtLeast(0.999)
  prove('requests that failed', failuresOf(run)).equals(0)
  prove('requests answered', run.success).isAtLeast(0.999)
})

claim('LFA-PERF-09', quiet, async (context) => {
  const { load, prove } = context
  const run = await load(users(1_000, thinkOfWriters), {
    ...watched(context, 'progress updates, 1,000 users'),
    warmUpMs: burstMs,
    requests: await updateRequests(context, 1_000),
  })
  prove('updates a second', run.throughput).isAbove(500, 'Hz')
  prove('median', run.latency.quantile(0.5)).isBelow(100, 'ms')
  prove('P95', run.latency.quantile(0.95)).isBelow(500, 'ms')
  prove('requests answered', run.success).isAbove(0.99)
})

claim('LFA-PERF-10', quiet, async (context) => {
  const { load, sql, prove } = context
  const run = await load(users(500, thinkOfWriters), {
    ...watched(context, 'the same 100 rows, 500 users'),
    warmUpMs: burstMs / 2,
    requests: await updateRequests(context, 100),
  })
  prove('requests that failed', failuresOf(run)).equals(0)
  prove('pairs of which one side changed alone', await desynchronized(sql)).isEmpty()
  prove(
    'deadlocks that PostgreSQL met',
    await sql.value('select deadlocks from pg_stat_database where datname = current_database()'),
  ).equals(0)
  const [kept] = await sql.rows<{ updates: number; xp: number; sessions: number }>(
    `select (select count(*) from audit_log where action = 'progress.update') as updates,
       sum(total_xp) / ${gain.xp_gained} as xp, sum(completed_sessions) as sessions
     from specialization_progress`,
  )
  prove('updates, and what they added', kept).equals({
    updates: Number(kept?.updates),
    xp: Number(kept?.updates),
    sessions: Number(kept?.updates),
  })
  prove('P95', run.latency.quantile(0.95)).isBelow(200, 'ms')
})

claim('LFA-PERF-11', quiet, async (context) => {
  const { system, load, prove, timing } = context
  const admin = await personOf(system, 'admin')
  const population = ['node', 'src/generate.ts', '--users', '10000', '--seed', '1'] as const
  const made = await system.run(population, ({ postgres }) => ({
    DATABASE_URL: postgres.url('owner'),
  }))
  prove('making 10,000 users', made.code).equals(0)
  const check = '/api/v1/health/check-now'
  const checks = await timing.repeat({ iterations: 6, warmUp: 1 }, () =>
    admin.post(check).expect(200),
  )
  prove('slowest check of 10,000 users', Math.max(...checks.durationsMs)).isBelow(15_000, 'ms')
  const paths = ['status', 'metrics', 'violations', 'latest-report'] as const
  const think = { law: 'exponential', thinkMsMean: 200 } as const
  const run = await load(users(100, think), {
    ...watched(context, 'health dashboard, 100 admins'),
    requests: paths.map((path) => ({ path: `/api/v1/health/${path}`, headers: admin.headers })),
  })
  prove('requests a second', run.throughput).isAbove(200, 'Hz')
  prove('median', run.latency.quantile(0.5)).isBelow(50, 'ms')
  prove('requests answered', run.success).isAbove(0.999)
})

/** What every load watches, and the name its charts have in the report. */
function watched({ system }: ClaimContext, name: string) {
  return {
    durationMs,
    warmUpMs,
    name,
    probes: [
      processProbe('api', system.process().child.pid),
      postgresProbe('postgres', system.services.postgres.url('owner')),
    ],
  }
}

function failuresOf({ counts }: LoadRun): number {
  const { ok: _ok, ...others } = counts
  return Object.values(others).reduce((sum, count) => sum + count, 0)
}

/** Twenty students with all four licences each, asking for everything their pages show. */
async function studentRequests({ system, random }: ClaimContext): Promise<LoadRequest[]> {
  const names = Array.from({ length: 20 }, () => `student:${random.text(8)}`)
  const requests = await Promise.all(
    names.map(async (name) => {
      const student = await personOf(system, name)
      await issueAll(student)
      return studentPaths.map((path) => ({ name: path, path, headers: student.headers }))
    }),
  )
  return requests.flat()
}

const gain = { xp_gained: 100, sessions_completed: 1 }

/** Updates of the progress of so many students, by an admin. */
async function updateRequests(
  { system, sql, random }: ClaimContext,
  students: number,
): Promise<LoadRequest[]> {
  const admin = await personOf(system, 'admin')
  await sql.run('delete from specialization_progress')
  await sql.run('delete from user_licenses')
  await sql.run(`delete from audit_log where action = 'progress.update'`)
  const ids = await insertStudents(sql, random, students)
  return ids.map((id) => ({
    name: 'update',
    method: 'POST',
    path: '/api/v1/specializations/progress/update',
    headers: admin.headers,
    json: { student_id: id, specialization_id: 'PLAYER', ...gain },
  }))
}
