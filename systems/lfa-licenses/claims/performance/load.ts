import {
  claim,
  measureOnce,
  postgresProbe,
  processProbe,
  users,
  type ClaimContext,
  type LoadRequest,
  type LoadRun,
} from 'etalon'
import { desynchronized, insertStudents } from '../coupled-pair.ts'
import { personOf } from '../person.ts'
import { studentDays } from './student-day.ts'

/** Slices of a second show how samples belong together, from eight of them on. */
const durationMs = 8_000
/** 99.9 % answered take three thousand answers, of the dashboard alone. */
const schoolMs = 12_000
const warmUpMs = 1_000
const quiet = { isolation: 'quiet', timeoutMs: 240_000 } as const

/**
 * All of them begin at once. Thinking exponentially long they are spread from their second request
 * on; between fixed bounds they would come in waves for as long as the measurement takes.
 */
const thinkOfWriters = { law: 'exponential', thinkMsMean: 1_500 } as const
/** Until then the first requests of a thousand, which come all at once, have been answered. */
const burstMs = 5_000

/** The names under which requests are measured that are one of many. */
const names = { own: 'own progress', same: 'the same 100 rows', dashboard: 'dashboard' } as const

/** What the dashboard of an admin asks for. */
const dashboardPaths = ['status', 'metrics', 'violations', 'latest-report'] as const

/**
 * A thousand users who update progress. Every other update is of one of the same 100 rows, which is
 * what 500 users send.
 */
const updating = measureOnce(async (context) =>
  context.load(users(1_000, thinkOfWriters), {
    ...watched(context, 'progress updates, 1,000 users, 500 of them of the same 100 rows'),
    warmUpMs: burstMs,
    requests: await updateRequests(context),
  }),
)

claim('LFA-PERF-09', quiet, async (context) => {
  const { prove } = context
  const run = await updating(context)
  prove('updates a second', run.throughput).isAbove(500, 'Hz')
  prove('median', run.latency.quantile(0.5)).isBelow(100, 'ms')
  prove('P95', run.latency.quantile(0.95)).isBelow(500, 'ms')
  prove('requests answered', run.success).isAbove(0.99)
})

claim('LFA-PERF-10', quiet, async (context) => {
  const { sql, prove } = context
  const run = await updating(context)
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
  prove('P95', run.named(names.same).latency.quantile(0.95)).isBelow(200, 'ms')
})

/** Ten thousand users, made once, and how long checks of all of them took. */
const population = measureOnce(async ({ system, sql, timing }) => {
  const admin = await personOf(system, 'admin')
  const command = ['node', 'src/generate.ts', '--users', '10000', '--seed', '1'] as const
  const { code } = await system.run(command, ({ postgres }) => ({
    DATABASE_URL: postgres.url('owner'),
  }))
  const madeUp = await sql.one<{ users: number; reachable: number }>(
    `select count(*) as users, count(*) filter (where email not like 'u%@lfa.invalid') as reachable
     from users where password_hash is null`,
  )
  const checks = await timing.repeat({ iterations: 6, warmUp: 1 }, () =>
    admin.post('/api/v1/health/check-now').expect(200),
  )
  const looks = await timing.repeat({ iterations: 6, warmUp: 1 }, () =>
    admin.get('/api/v1/licenses/admin/sync/desync-issues').expect(200),
  )
  return { code, madeUp, checks, looks }
})

/** How long it takes to sign in, one by one: a password is hashed so that guessing costs time. */
const signingIn = measureOnce(async ({ system, timing, random }) => {
  const admin = await personOf(system, 'admin')
  const account = { email: `${random.text(12)}@lfa.example`, password: random.text(20) }
  await admin.post('/api/v1/users', { ...account, name: 'Signs in', role: 'STUDENT' }).expect(201)
  return timing.repeat({ iterations: 12, warmUp: 1 }, () =>
    system.anonymous.post('/api/v1/auth/sign-in', account).expect(200),
  )
})

/**
 * Every other request is one of the 100 admins; the others are those of 100 students and of who
 * teaches them, of which a third write.
 */
const school = measureOnce(async (context) => {
  await population(context)
  return context.load(users(200, { law: 'exponential', thinkMsMean: 350 }), {
    ...watched(context, 'every response, reads and writes, 100 students and 100 admins at once'),
    durationMs: schoolMs,
    requests: await schoolRequests(context),
  })
})

claim('LFA-PERF-11', quiet, async (context) => {
  const { prove } = context
  const { code, madeUp, checks, looks } = await population(context)
  prove('making 10,000 users', code).equals(0)
  prove('users made, and those of an address that could be real', madeUp).equals({
    users: 10_000,
    reachable: 0,
  })
  prove('slowest check of 10,000 users', Math.max(...checks.durationsMs)).isBelow(15_000, 'ms')
  prove('slowest look at all that is wrong', Math.max(...looks.durationsMs)).isBelow(15_000, 'ms')
  const run = (await school(context)).named(names.dashboard)
  prove('requests a second', run.throughput).isAbove(200, 'Hz')
  prove('median', run.latency.quantile(0.5)).isBelow(50, 'ms')
  prove('requests answered', run.success).isAbove(0.999)
})

claim(['LFA-PERF-06', 'LFA-PERF-07'], quiet, async (context) => {
  const { prove } = context
  const run = await school(context)
  prove('responses within 100 ms', run.latency.within(100)).isAtLeast(0.999)
  prove('requests that failed', failuresOf(run)).equals(0)
  prove('requests answered', run.success).isAtLeast(0.999)
  const signIns = await signingIn(context)
  prove('average sign-in, which hashes a password', signIns.mean()).isBelow(1_000, 'ms')
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

/** Days of students and their teachers, and between any two requests one of the dashboard. */
async function schoolRequests(context: ClaimContext): Promise<LoadRequest[]> {
  const admin = await personOf(context.system, 'admin')
  const asked = await studentDays(context, { students: 20, days: 24 })
  const watching = dashboardPaths.map((path) => ({
    name: names.dashboard,
    path: `/api/v1/health/${path}`,
    headers: admin.headers,
  }))
  return asked.flatMap((request, at) => [request, watching[at % watching.length] as LoadRequest])
}

const gain = { xp_gained: 100, sessions_completed: 1 }

/** Updates by an admin: of the own progress of 1,000 students, and of that of 100, in turn. */
async function updateRequests({ system, sql, random }: ClaimContext): Promise<LoadRequest[]> {
  const admin = await personOf(system, 'admin')
  await sql.run('delete from specialization_progress')
  await sql.run('delete from user_licenses')
  await sql.run(`delete from audit_log where action = 'progress.update'`)
  const ids = await insertStudents(sql, random, 1_100)
  const same = ids.splice(0, 100)
  const updateOf = (name: string, id: number | undefined): LoadRequest => ({
    name,
    method: 'POST',
    path: '/api/v1/specializations/progress/update',
    headers: admin.headers,
    json: { student_id: id, specialization_id: 'PLAYER', ...gain },
  })
  return ids.flatMap((id, at) => [
    updateOf(names.own, id),
    updateOf(names.same, same[at % same.length]),
  ])
}
