import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { claim, eventually, type HttpClient, type Prove, type Sql, type SystemHandle } from 'etalon'
import { checkNow, readMetrics, readStatus } from '../health.ts'
import { breakCrowd, plantCrowd } from '../pair-crowd.ts'
import { personOf } from '../person.ts'

const intervalMs = 300_000
const turns = 3
/** Processes look at the clock every second; how long a check that is due may take to come. */
const comesWithinMs = 15_000
const staysAwayMs = 1_500

const options = { clock: 'movable', timeoutMs: 180_000 } as const

claim('LFA-HLT-04', options, async ({ system, sql, random, prove }) => {
  const beside = await system.revision()
  const both = [system, beside]
  const isPlanned = async (): Promise<boolean> => (await dueTimes(sql)).length > 0
  prove('a check is planned', await eventually(isPlanned, comesWithinMs)).isTrue()
  const admin = await personOf(system, 'admin:by-the-clock')
  await plantCrowd(sql, random, 8)
  await breakCrowd(sql, 3)

  const [firstDue = 0] = await dueTimes(sql)
  prove('time to the first check', firstDue - system.clock.now().getTime()).isAtMost(intervalMs)
  await moveTo(both, firstDue - 30_000)
  const [beforeTime] = await Promise.all([
    eventually(async () => (await scheduled(sql)).length > 0, staysAwayMs),
    proveDryRun(system, admin, prove),
  ])
  prove('a check half a minute too early', beforeTime).equals(false)
  for (let turn = 1; turn <= turns; turn += 1) {
    const [due = 0] = await dueTimes(sql)
    await moveTo(both, due + 500)
    const isDone = async (): Promise<boolean> => (await scheduled(sql)).length >= turn
    prove(`check ${turn} by the clock`, await eventually(isDone, comesWithinMs)).isTrue()
    const [next = 0] = await dueTimes(sql)
    prove(`time from turn ${turn} to the next`, next - due).isAtLeast(intervalMs)
  }
  const [tooMany] = await Promise.all([
    eventually(async () => (await scheduled(sql)).length > turns, staysAwayMs),
    proveDemand({ system, beside, sql, prove }),
  ])
  prove('more than one check in a turn', tooMany).equals(false)
  const times = await scheduled(sql)
  const gaps = times.slice(1).map((time, at) => time - (times[at] ?? 0))
  prove('shortest time between two checks', Math.min(...gaps)).isAtLeast(intervalMs - comesWithinMs)
  prove('longest time between two checks', Math.max(...gaps)).isAtMost(intervalMs + comesWithinMs)
  const { system: settings } = await readMetrics(admin)
  prove('the interval that is told', settings.check_interval_ms).equals(intervalMs)
})

/** Two checks on demand at two processes: one is made, the other refused; looking goes on. */
async function proveDemand({
  system,
  beside,
  sql,
  prove,
}: {
  readonly system: SystemHandle
  readonly beside: SystemHandle
  readonly sql: Sql
  readonly prove: Prove
}): Promise<void> {
  const admin = await personOf(system, 'admin:by-the-clock')
  const elsewhere = await personOf(beside, 'admin:by-the-clock')
  const first = await sql.session(async (holding) => {
    await holding.run('begin')
    await holding.run('lock table integrity_checks in exclusive mode')
    const underWay = checkNow(admin)
    const isWaiting = async (): Promise<boolean> =>
      sql.value(
        `select exists (select from pg_locks
         where relation = 'integrity_checks'::regclass and not granted)`,
      )
    prove('a check under way', await eventually(isWaiting, 5_000)).isTrue()
    prove('another one at the other process', (await checkNow(elsewhere)).status).equals(409)
    prove('a dry run there', (await checkNow(elsewhere, true)).status).equals(200)
    await holding.run('commit')
    return underWay.expect(200)
  })
  prove('the check on demand', first.body).holds({ trigger: 'MANUAL', inconsistent: 3 })
  const made = await sql.rows(
    `select id, triggered_by from integrity_checks where trigger = 'MANUAL'`,
  )
  prove('checks on demand that are kept', made).equals([
    { id: first.body.check_id, triggered_by: admin.id },
  ])
  prove('the status after it', await readStatus(elsewhere)).holds({
    last_check_id: first.body.check_id,
    trigger: 'MANUAL',
  })
}

async function proveDryRun(system: SystemHandle, admin: HttpClient, prove: Prove): Promise<void> {
  const { sql } = system
  const before = await written(system)
  const { body } = await checkNow(admin, true).expect(200)
  prove('a dry run', body).holds({
    check_id: null,
    dry_run: true,
    inconsistent: 3,
    violations_total: 3,
    report_file: null,
  })
  prove('what is written after it', await written(system)).equals(before)
  prove('checks after it', await sql.value('select count(*) from integrity_checks')).equals(0)
  prove('the status after it', await readStatus(admin)).holds({ status: 'unknown' })
}

/** All that a check could write. */
async function written({ sql, services }: SystemHandle): Promise<unknown> {
  const files = await readdir(join(services.directory, 'health-reports')).catch(() => [])
  const rows = await sql.one(
    `select (select count(*) from integrity_checks) as checks,
       (select count(*) from integrity_violations) as violations,
       (select count(*) from integrity_alerts) as alerts,
       (select count(*) from audit_log) as audited,
       (select sum(xmin::text::bigint) from user_licenses) as licenses,
       (select sum(xmin::text::bigint) from specialization_progress) as progress`,
  )
  return { files, rows }
}

/** When the next check is due; empty as long as none is planned. */
async function dueTimes(sql: Sql): Promise<number[]> {
  const rows = await sql.rows<{ due_at: Date }>(
    `select due_at from job_schedules where name = 'health-check'`,
  )
  return rows.map(({ due_at }) => due_at.getTime())
}

/** When the checks by the clock were made, oldest first. */
async function scheduled(sql: Sql): Promise<number[]> {
  const rows = await sql.rows<{ started_at: Date }>(
    `select started_at from integrity_checks where trigger = 'SCHEDULED' order by started_at`,
  )
  return rows.map(({ started_at }) => started_at.getTime())
}

/** Sets the clocks of processes; the instances share one offset. */
async function moveTo(instances: readonly SystemHandle[], timeMs: number): Promise<void> {
  for (const { clock } of instances) await clock.moveTo(new Date(timeMs))
}
