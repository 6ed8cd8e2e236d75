import { claim, users } from 'etalon'
import {
  failuresOf,
  memoryMax,
  probesOf,
  staffOf,
  staffs,
  toldUnder,
  workDayOf,
} from './work-day.ts'
import { reads, requestsOf } from './workload.ts'

const quiet = { isolation: 'quiet' } as const

claim(['JEEX-PERF-004', 'JEEX-D-01'], quiet, async (context) => {
  const { runs } = await workDayOf(context)
  for (const staff of staffs.toReversed()) {
    context.prove(`P95 with ${staff} users`, runs[staff].latency.quantile(0.95)).isBelow(100, 'ms')
  }
})

claim('JEEX-PERF-005', quiet, async (context) => {
  const { runs } = await workDayOf(context)
  context.prove('average with 50 users', runs[50].latency.mean()).isBelow(50, 'ms')
})

claim(['JEEX-PERF-006', 'JEEX-D-02'], quiet, async (context) => {
  const { runs } = await workDayOf(context)
  for (const staff of staffs.toReversed()) {
    context.prove(`requests of ${staff} users that failed`, failuresOf(runs[staff])).equals(0)
  }
})

claim('JEEX-PERF-002', quiet, async (context) => {
  const { runs } = await workDayOf(context)
  context.prove('requests of 10 users that failed', failuresOf(runs[10])).equals(0)
  context.prove('requests of 10 users answered', runs[10].counts.ok).isAtLeast(100)
})

claim('JEEX-PERF-001', quiet, async (context) => {
  const { runs, figures } = await workDayOf(context)
  const { latency } = runs[50]
  context.prove('P95 of answers to 50 users', latency.quantile(0.95)).isBelow(100, 'ms')
  context.prove('P99 of answers to 50 users', latency.quantile(0.99)).isBelow(500, 'ms')
  const { p95_ms, count } = figures.queries
  const statements = toldUnder(runs[50], p95_ms ?? Infinity, count)
  context.prove('P95 of statements, as the service counts', statements).isBelow(100, 'ms')
})

claim('JEEX-PERF-003', quiet, async (context) => {
  const { runs } = await workDayOf(context)
  for (const name of [reads.projects, reads.documents, reads.executions, reads.document]) {
    const { latency } = runs[50].named(name)
    context.prove(`P95 of ${name}, 50 users`, latency.quantile(0.95)).isBelow(100, 'ms')
  }
})

claim('JEEX-PERF-007', quiet, async (context) => {
  const { pool } = (await workDayOf(context)).figures
  context.prove('acquisitions that were counted', pool.acquisitions).isAtLeast(1_000)
  context.prove('share served without opening a connection', pool.efficiency).isAbove(0.9, 'share')
})

claim('JEEX-PERF-008', quiet, async (context) => {
  const { runs, figures } = await workDayOf(context)
  const { opened, acquisitions, reuse } = figures.pool
  const answered = staffs.reduce((sum, staff) => sum + runs[staff].counts.ok, 0)
  context.prove('acquisitions, at least one for each answer', acquisitions).isAtLeast(answered)
  context.prove('what the service says', reuse).equals(Math.max(0, 1 - opened / acquisitions))
  context.prove('connection reuse', reuse).isAbove(0.95, 'share')
})

claim('JEEX-PERF-021', quiet, async (context) => {
  const { runs, figures } = await workDayOf(context)
  const { pool } = figures
  const asked = pool.acquisitions + pool.failures + pool.refusals
  const wait = toldUnder(runs[50], pool.wait_ms_average, pool.acquisitions)
  context.prove('average wait for a connection', wait).isBelow(10, 'ms')
  const failed = (pool.failures + pool.refusals) / asked
  context.prove('share of waits that failed', failed).isBelow(0.05, 'share')
})

claim('JEEX-T-07', quiet, async (context) => {
  const { prove } = context
  const { runs, figures, scanned } = await workDayOf(context)
  prove('latency: P95 with 50 users', runs[50].latency.quantile(0.95)).isBelow(100, 'ms')
  prove('concurrency: requests of 50 users that failed', failuresOf(runs[50])).equals(0)
  prove('concurrent users, as the service counts', figures.users.concurrent).isAtLeast(50)
  prove('pool: connection reuse', figures.pool.reuse).isAbove(0.95, 'share')
  prove('memory: most that the service held', memoryMax(runs[50])).isBelow(400_000_000, 'bytes')
  prove('index use: tables that were read from end to end', scanned).isEmpty()
})

claim('JEEX-PERF-009', quiet, async (context) => {
  const { system, timing, prove } = context
  const workers = await staffOf(context)
  let failed = 0
  const bursts = await timing.repeat({ iterations: 40, warmUp: 2 }, async () => {
    const answers = workers.map(({ headers, projectId }) =>
      system.anonymous.get(`/projects/${projectId}/agents/executions`, { headers }),
    )
    for (const { status } of await Promise.all(answers)) failed += status === 200 ? 0 : 1
  })
  prove('requests of 42 bursts of 50 that failed', failed).equals(0)
  prove('average until the last of a burst', bursts.mean()).isBelow(150, 'ms')
})

claim('JEEX-PERF-010', quiet, async (context) => {
  const { load, prove } = context
  const workers = await staffOf(context)
  const run = await load(users(20), {
    durationMs: 8_000,
    warmUpMs: 500,
    name: '20 users who never pause',
    requests: requestsOf(workers),
    probes: probesOf(context),
  })
  prove('P95 with 20 users who never pause', run.latency.quantile(0.95)).isBelow(200, 'ms')
  prove('requests answered', run.success).isAtLeast(0.9)
  prove('operations a second', run.throughput).isAtLeast(5, 'Hz')
  prove('operations', run.counts.ok).isAtLeast(100)
})
