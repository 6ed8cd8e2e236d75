import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { claim, environment, eventually, type SystemHandle } from 'etalon'
import { insertStudents } from '../coupled-pair.ts'
import {
  checkNow,
  latestReport,
  openViolations,
  plainly,
  readMetrics,
  readStatus,
  type CheckReport,
} from '../health.ts'
import { breakCrowd, clearAway, plantCrowd } from '../pair-crowd.ts'
import { personOf } from '../person.ts'

claim('LFA-HLT-05', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:keeps')
  await clearAway(sql, admin)
  await plantCrowd(sql, random, 20)
  const reports: CheckReport[] = []
  for (const wrong of [7, 12]) {
    await breakCrowd(sql, wrong)
    const { body } = await checkNow(admin).expect(200)
    reports.push(body)
    prove(`rows of ${wrong} violations`, await keptViolations(system, body.check_id)).equals(
      body.violations.map(plainly),
    )
  }
  for (const report of reports) {
    const { violations, report_file: name, ...check } = report
    const row = await sql.one('select * from integrity_checks where id = $1', [check.check_id])
    prove('the row of a check', row).holds({
      started_at: new Date(check.started_at),
      pairs_checked: 20,
      users_checked: 20,
      consistent: check.consistent,
      inconsistent: violations.length,
      consistency_rate: check.consistency_rate,
      status: 'critical',
      trigger: 'MANUAL',
      triggered_by: admin.id,
      dry_run: false,
      report_file: name,
    })
    const file = JSON.parse(await readFile(join(reportsOf(system), name ?? ''), 'utf8')) as {
      readonly violations: CheckReport['violations']
    }
    prove('the report of a check', file).holds({ timestamp: check.started_at, ...check })
    prove('what the report lists', file.violations.map(plainly)).equals(violations.map(plainly))
    const time = check.started_at.replaceAll(/[-:]/g, '')
    prove('the time in its name', name ?? '').satisfies(time, (found) => found.includes(time))
  }
})

claim('LFA-HLT-06', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:bands')
  await clearAway(sql, admin)
  prove('before the first check', await readStatus(admin)).holds({
    status: 'unknown',
    consistency_rate: null,
    last_check_id: null,
    thresholds: { healthy: 99, degraded: 95 },
  })
  prove('its report', (await admin.get('/api/v1/health/latest-report')).status).equals(404)
  // So many that one more pair changes the shown rate by less than its last digit.
  await plantCrowd(sql, random, 20_000)
  for (const [wrong, status, rate] of [
    [0, 'healthy', 100],
    [1, 'healthy', 99.99],
    [200, 'healthy', 99],
    [201, 'degraded', 99],
    [1_000, 'degraded', 95],
    [1_001, 'critical', 95],
  ] as const) {
    await breakCrowd(sql, wrong)
    const { body } = await checkNow(admin).expect(200)
    prove(`${wrong} of 20,000 wrong`, [body.inconsistent, body.status]).equals([wrong, status])
    prove(`the rate with ${wrong} wrong`, body.consistency_rate).isBetween(rate - 0.01, rate)
    prove(`the status after it`, await readStatus(admin)).holds({
      status,
      consistency_rate: body.consistency_rate,
      last_check_id: body.check_id,
    })
  }
})

claim('LFA-HLT-07', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:clean')
  await clearAway(sql, admin)
  await plantCrowd(sql, random, 10)
  await breakCrowd(sql, 4)
  const bad = await checkNow(admin).expect(200)
  prove('the latest report of a bad check', await latestReport(admin)).holds({
    check_id: bad.body.check_id,
    status: 'critical',
    inconsistent: 4,
  })
  prove('what is open then', await openViolations(admin)).satisfies('4', ({ length }) => {
    return length === 4
  })
  await breakCrowd(sql, 0)
  const { body: clean } = await checkNow(admin).expect(200)
  const facts = { check_id: clean.check_id, status: 'healthy', inconsistent: 0, violations: [] }
  prove('the latest report of a clean check', await latestReport(admin)).holds(facts)
  prove('what is open then', await openViolations(admin)).isEmpty()
  const checks = await sql.rows('select id, inconsistent from integrity_checks order by id')
  prove('checks that are kept', checks).equals([
    { id: bad.body.check_id, inconsistent: 4 },
    { id: clean.check_id, inconsistent: 0 },
  ])
  const file = await readFile(join(reportsOf(system), clean.report_file ?? ''), 'utf8')
  prove('its file', JSON.parse(file)).holds(facts)
})

claim('LFA-HLT-08', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:remembers')
  await clearAway(sql, admin)
  await plantCrowd(sql, random, 10)
  const first = await checkNow(admin).expect(200)
  const beside = await system.revision(environment({ HEALTH_CACHE_MS: '500' }))
  const elsewhere = await personOf(beside, 'admin:remembers')
  const seen = async (by: typeof admin): Promise<unknown> => {
    const [status, metrics] = [await readStatus(by), await readMetrics(by)]
    return [status.last_check_id, metrics.checks_total, metrics.system.users_total]
  }
  const users = (): Promise<number> => sql.value('select count(*) from users')

  const before = [first.body.check_id, 1, await users()]
  prove('after a check', await seen(admin)).equals(before)
  await sql.run('delete from integrity_checks')
  await insertStudents(sql, random, 1)
  prove('told again, though nothing of it is so', await seen(admin)).equals(before)
  prove('told by another process', await seen(elsewhere)).equals(before)
  const { system: settings } = await readMetrics(admin)
  prove('for how long it is kept', settings.cache_ms).equals(30_000)

  const second = await checkNow(elsewhere).expect(200)
  const after = [second.body.check_id, 1, await users()]
  prove('after a check by the other process', await seen(admin)).equals(after)
  const third = await checkNow(elsewhere).expect(200)
  const last = [third.body.check_id, 2, await users()]
  // What this process remembers is good for half a second.
  prove('after the next one', await seen(elsewhere)).equals(last)
  await sql.run('delete from integrity_checks')
  const isForgotten = async (): Promise<boolean> =>
    String(await seen(elsewhere)) === String([null, 0, await users()])
  prove('forgotten by itself', await eventually(isForgotten, 5_000)).isTrue()
})

claim('LFA-HLT-09', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:alarmed')
  await clearAway(sql, admin)
  prove('a first check that is healthy', (await checkNow(admin)).body.status).equals('healthy')
  prove('alerts of it', (await readMetrics(admin)).alerts).isEmpty()

  const steps = [
    [10, 'critical', 'unknown'],
    [10, 'critical', null],
    [0, 'healthy', null],
    [1, 'healthy', null],
    [3, 'degraded', 'healthy'],
    [10, 'critical', 'degraded'],
    [4, 'degraded', null],
    [0, 'healthy', null],
    [6, 'critical', 'healthy'],
  ] as const
  // Nothing is known again.
  await clearAway(sql, admin)
  await plantCrowd(sql, random, 100)
  const expected: unknown[] = []
  for (const [wrong, to_status, from_status] of steps) {
    await breakCrowd(sql, wrong)
    const { body } = await checkNow(admin).expect(200)
    const { check_id, consistency_rate } = body
    prove(`the status with ${wrong} of 100 wrong`, body.status).equals(to_status)
    if (from_status !== null) {
      expected.push({ check_id, from_status, to_status, consistency_rate })
    }
    const { alerts } = await readMetrics(admin)
    prove(`alerts after it`, alerts.length).equals(expected.length)
  }
  const rows = await sql.rows(
    `select check_id, from_status, to_status, consistency_rate from integrity_alerts order by id`,
  )
  prove('alerts that are kept', rows).equals(expected)
  const { alerts } = await readMetrics(admin)
  const told: unknown[] = alerts.map(({ check_id, from_status, to_status, consistency_rate }) => {
    return { check_id, from_status, to_status, consistency_rate }
  })
  prove('alerts that are told, newest first', told).equals(expected.toReversed())
  const logged = system.log().split('integrity became worse').length - 1
  prove('alerts in the log', logged).isAtLeast(expected.length)
})

/** Where the service of an instance leaves its reports. */
function reportsOf(system: SystemHandle): string {
  return join(system.services.directory, 'health-reports')
}

/** The violations of a check as the database has them. */
function keptViolations({ sql }: SystemHandle, checkId: number | null): Promise<unknown[]> {
  return sql.rows(
    `select user_id, specialization, progress_level, license_level, kind, recommended_action
     from integrity_violations where check_id = $1 order by id`,
    [checkId],
  )
}
