// Further claims on the same instance.
import './monitoring/page.ts'
import './monitoring/index-plan.ts'
import './monitoring/pool.ts'
import { setTimeout as delay } from 'node:timers/promises'
import {
  type Actor,
  claim,
  type ClaimContext,
  environment,
  eventually,
  latency,
  type SystemHandle,
} from 'etalon'
import { connectionsOf, withLockedExecutions } from './locked-execution.ts'
import { alertNames, dashboardOf } from './monitor.ts'
import { openProject } from './project.ts'

const slowAlerts = ['query_p95', 'slow_queries']

claim('JEEX-REQ-005', { links: ['postgres'], timeoutMs: 90_000 }, async (context) => {
  const { system, faults, prove } = context
  await system.kill()
  await system.startAgain('api', { ALERT_WINDOW_MS: '1500', ALERT_INTERVAL_MS: '200' })
  const operator = await system.actor('operator')
  const owner = await system.actor('owner')
  const firing = async (): Promise<string[]> => {
    await Promise.all(Array.from({ length: 30 }, () => owner.get('/projects').expect(200)))
    const { alerts } = await dashboardOf(operator)
    return alerts.firing.map(({ name }) => name).filter((name) => slowAlerts.includes(name))
  }
  const isQuiet = async (): Promise<boolean> => (await firing()).length === 0
  prove('no alert while the database is quick', await eventually(isQuiet, 20_000)).isTrue()
  await faults.during('postgres', latency(300), async () => {
    const fires = await eventually(
      async () => (await firing()).length === slowAlerts.length,
      20_000,
    )
    prove('alerts fire while every message takes 300 ms longer', fires).isTrue()
    prove('the state of the service', (await dashboardOf(operator)).status).equals('warning')
  })
  prove('the alerts clear when it is quick again', await eventually(isQuiet, 40_000)).isTrue()
  const { cleared } = (await dashboardOf(operator)).alerts
  for (const name of slowAlerts) {
    const last = cleared.find((alert) => alert.name === name)
    prove(`${name}: fired before it cleared`, last ?? {}).satisfies(
      'firing_since < cleared_at',
      () => last !== undefined && last.firing_since < (last.cleared_at ?? ''),
    )
    prove(`what the log says of ${name}`, system.log()).matches(
      new RegExp(`"alert":"${name}".*alert fires`),
    )
  }
})

claim('JEEX-OPS-03', async (context) => {
  const { system, sql, random, prove } = context
  await system.kill()
  await system.startAgain('api', { ALERT_INTERVAL_MS: '200' })
  const operator = await system.actor('operator')
  const before = await dashboardOf(operator)
  const people = await Promise.all(
    [1, 2, 3, 4].map((n) => system.actor(`new-${n}-${random.text(6)}`)),
  )
  const unknown = '/projects/00000000-0000-7000-8000-000000000000'
  for (const person of people) {
    await person.get('/projects').expect(200)
    await person.get(unknown).expect(404)
    await person.post('/projects', {}).expect(422)
  }
  await operator.post('/database/backup/create').expect(201)
  const backup = await sql.one<{ id: string; status: string }>(
    `select id, status from backups order by started_at desc limit 1`,
  )
  // The figures of the database and the backups are those of the last look.
  const seen = await eventually(async () => {
    const { backups } = (await dashboardOf(operator)).backup
    return backups.some(({ id, status }) => id === backup.id && status === 'completed')
  }, 10_000)
  prove('the backup is shown', seen).isTrue()
  const after = await dashboardOf(operator)
  const more = (status: string): number =>
    (after.requests.by_status[status] ?? 0) - (before.requests.by_status[status] ?? 0)
  prove('answers by status', [more('200'), more('404'), more('422')]).equals([4, 4, 4])
  prove('failures', after.requests.failed - before.requests.failed).equals(0)
  prove('users', after.users.concurrent - before.users.concurrent).equals(people.length)
  prove('statements', after.queries.count - before.queries.count).isAtLeast(people.length * 3)
  prove('their P95', after.queries.p95_ms ?? 0).isAbove(0, 'ms')
  await comparesDatabase(context, operator)
  await comparesPool(context, operator)
  const { text } = await system.anonymous.get('/database/metrics/prometheus').expect(200)
  const alerts = [...text.matchAll(/^jeex_alert_firing\{.*?alert="(\w+)".*?\} [01]$/gm)]
  prove('alerts that are configured', alerts.map(([, name]) => String(name)).toSorted()).equals([
    ...alertNames,
  ])
})

claim('JEEX-D-15', async ({ system, sql, prove }) => {
  const owner = await system.actor('owner:slow')
  const { id } = await openProject(owner)
  const limits = async (of: SystemHandle) => {
    const { limits, queries } = await dashboardOf(await of.actor('operator'))
    return { p95: limits.query_p95_ms, slow: queries.slow_ms }
  }
  prove('thresholds unless set, ms', await limits(system)).equals({ p95: 100, slow: 250 })
  const set = await system.revision(environment({ ALERT_P95_MS: '40', SLOW_QUERY_MS: '60' }))
  prove('thresholds that were set, ms', await limits(set)).equals({ p95: 40, slow: 60 })
  for (const [of, slowMs] of [
    [system, 250],
    [set, 60],
  ] as const) {
    const reader = of === system ? owner : await set.actor('owner:slow')
    await withLockedExecutions(sql, async (unlock) => {
      const answer = reader.get(`/projects/${id}/agents/executions`)
      await eventually(async () => (await connectionsOf(sql)).blocked > 0, 10_000)
      await delay(slowMs)
      await unlock()
      await answer.expect(200)
    })
    const { slow } = (await dashboardOf(await of.actor('operator'))).queries
    const names = slow.map(({ name }) => name)
    prove(`slow statements beyond ${slowMs} ms`, names.join(', ')).matches(/execution-list/)
    const quick = slow.filter(({ duration_ms }) => duration_ms < slowMs)
    prove(`statements among them below ${slowMs} ms`, quick).isEmpty()
  }
})

/** What is told of the database is what it says of itself. */
async function comparesDatabase({ sql, prove }: ClaimContext, operator: Actor): Promise<void> {
  const { database, redis } = await dashboardOf(operator)
  const itself = await sql.one<{ version: string; size: number }>(
    `select current_setting('server_version') as version,
       pg_database_size(current_database()) as size`,
  )
  prove('health', [database.up, database.breaker, redis.up]).equals([true, 'closed', true])
  prove('version', database.version).equals(itself.version)
  prove('size', (database.size_bytes ?? 0) / itself.size).isBetween(0.9, 1.1)
  prove('time of an answer', database.latency_ms ?? 0).isAbove(0, 'ms')
}

/** Connections that are held up are shown as in use while they are. */
async function comparesPool({ system, sql, prove }: ClaimContext, operator: Actor): Promise<void> {
  const owner = await system.actor('owner:held')
  const { id } = await openProject(owner)
  await withLockedExecutions(sql, async (unlock) => {
    const answers = [1, 2, 3].map(() => owner.get(`/projects/${id}/agents/executions`))
    await eventually(async () => (await connectionsOf(sql)).blocked === answers.length, 10_000)
    const { pool } = await dashboardOf(operator)
    const { open } = await connectionsOf(sql)
    prove('connections in use', pool.in_use).isAtLeast(answers.length)
    prove('connections that are open', pool.connections).isAtMost(open)
    prove('percent of the pool', pool.use_percent).equals((100 * pool.in_use) / 50)
    await unlock()
    for (const answer of answers) await answer.expect(200)
  })
}
