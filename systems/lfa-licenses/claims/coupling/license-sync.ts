import { claim, eventually, type Sql } from 'etalon'
import { addProgress, insertStudents, levelsOf, type Pair, type Update } from '../coupled-pair.ts'
import { withFailingLicense } from '../failing-write.ts'
import { personOf } from '../person.ts'

/** Ends at level 2 from any number of XP and sessions below it. */
const toSecond = { xp_gained: 25_000, sessions_completed: 12 } as const

const logWithinMs = 5_000

claim('LFA-CPL-02', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:syncs')
  const [first = 0, ahead = 0, behind = 0] = await insertStudents(sql, random, 3)
  const pair: Pair = { studentId: first, specialization: 'PLAYER' }
  await addProgress(admin, pair, { xp_gained: 1 }).expect(200)
  const untouched = await licenseOf(sql, pair)
  for (const gain of [{ xp_gained: 24_999 }, { sessions_completed: 11 }, { theory_hours: 9 }]) {
    const { body } = await addProgress(admin, pair, gain).expect(200)
    prove(`sync after ${JSON.stringify(gain)}`, body.sync_result).equals(null)
  }
  prove('the licence until then', await licenseOf(sql, pair)).equals(untouched)
  const { body } = await addProgress(admin, pair, { sessions_completed: 1 }).expect(200)
  prove('sync with the last session', body.sync_result as unknown).equals(syncResult('updated', 1))
  prove('levels after it', await levelsOf(sql, pair)).equals({ progress: 2, license: 2 })
  const synced = await licenseOf(sql, pair)
  prove('the licence after it', synced['last_advanced_at'] instanceof Date).isTrue()
  await addProgress(admin, pair, { sessions_completed: 1 }).expect(200)
  prove('the licence, within the level', await licenseOf(sql, pair)).equals(synced)

  // A licence that differs is none of an update's business until a level is gained.
  for (const [studentId, level, result, highest] of [
    [ahead, 5, syncResult('updated', 5), 5],
    [behind, 2, syncResult('unchanged', 2), 2],
  ] as const) {
    const other: Pair = { studentId, specialization: 'PLAYER' }
    await addProgress(admin, other, { xp_gained: 1 }).expect(200)
    await sql.run(
      'update user_licenses set current_level = $2, max_achieved_level = $2 where user_id = $1',
      [studentId, level],
    )
    const within = await addProgress(admin, other, { xp_gained: 1 }).expect(200)
    prove(`sync within the level, licence at ${level}`, within.body.sync_result).equals(null)
    prove('levels then', await levelsOf(sql, other)).equals({ progress: 1, license: level })
    const gained = await addProgress(admin, other, toSecond).expect(200)
    prove(`sync of a licence at ${level}`, gained.body.sync_result as unknown).equals(result)
    prove('the licence then', await licenseOf(sql, other)).holds({
      current_level: 2,
      max_achieved_level: highest,
    })
  }
})

claim('LFA-CPL-03', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:makes-licences')
  const [never = 0, lost = 0, repaired = 0] = await insertStudents(sql, random, 3)
  const startsAt = Date.now()
  const proveMade = async (way: string, pair: Pair, level: number): Promise<void> => {
    const { started_at: started, ...license } = await licenseOf(sql, pair)
    prove(`the licence ${way}`, license).holds({
      current_level: level,
      max_achieved_level: level,
      is_active: true,
    })
    const sinceMs = started instanceof Date ? started.getTime() - startsAt : -1
    prove(`its start, after the claim began, ${way}`, sinceMs).isBetween(0, Date.now() - startsAt)
  }
  const fresh: Pair = { studentId: never, specialization: 'PLAYER' }
  await addProgress(admin, fresh, { xp_gained: 1 }).expect(200)
  await proveMade('of a first update', fresh, 1)

  const without: Pair = { studentId: lost, specialization: 'PLAYER' }
  await addProgress(admin, without, { xp_gained: 1 }).expect(200)
  await sql.run('delete from user_licenses where user_id = $1', [lost])
  await addProgress(admin, without, { xp_gained: 1 }).expect(200)
  prove('levels within the level', await levelsOf(sql, without)).equals({
    progress: 1,
    license: null,
  })
  const leap = { xp_gained: 45_000, sessions_completed: 15 }
  const { body } = await addProgress(admin, without, leap).expect(200)
  prove('the sync', body.sync_result as unknown).equals({
    ...syncResult('created', null),
    new_license_level: 3,
    progress_level: 3,
  })
  await proveMade('that was missing', without, 3)

  const mended: Pair = { studentId: repaired, specialization: 'COACH' }
  await addProgress(admin, mended, { xp_gained: 1 }).expect(200)
  await sql.run('delete from user_licenses where user_id = $1', [repaired])
  await admin
    .post(`/api/v1/licenses/admin/sync/user/${repaired}`, { specialization_id: 'COACH' })
    .expect(200)
  await proveMade('that a repair made', mended, 1)
})

claim('LFA-CPL-04', { timeoutMs: 120_000 }, async ({ system, random, prove }) => {
  // A service that writes down what it does; that of the other claims writes warnings.
  const own = await system.another({ LOG_LEVEL: 'info' })
  const { sql } = own
  const admin = await personOf(own, 'admin:logged')
  const students = await insertStudents(sql, random, 4)
  const [updated = 0, created = 0, unchanged = 0, failing = 0] = students
  const results: unknown[] = []
  for (const studentId of [updated, created, unchanged]) {
    const pair: Pair = { studentId, specialization: 'PLAYER' }
    await addProgress(admin, pair, { xp_gained: 1 }).expect(200)
    if (studentId === created)
      await sql.run('delete from user_licenses where user_id = $1', [created])
    if (studentId === unchanged) {
      await sql.run('update user_licenses set current_level = 2 where user_id = $1', [unchanged])
    }
    const { body } = await addProgress(admin, pair, toSecond).expect(200)
    results.push(body.sync_result)
    // Within the level there is no sync, and nothing to write down.
    await addProgress(admin, pair, { xp_gained: 1 }).expect(200)
  }
  prove('what became of the licences', results).equals([
    syncResult('updated', 1),
    syncResult('created', null),
    syncResult('unchanged', 2),
  ])
  const audited = await sql.rows<{ result: unknown }>(
    `select after as result from audit_log where action = 'progress.sync' order by id`,
  )
  prove(
    'syncs in the audit log',
    audited.map(({ result }) => result),
  ).equals(results)
  const logged = () => linesOf(own.log()).filter(({ sync_result: result }) => result !== undefined)
  // The service answers first and writes its log then.
  await eventually(() => logged().length >= 3, logWithinMs)
  prove(
    "syncs in the service's log",
    logged().map(({ userId, sync_result: result }) => ({ userId, result })),
  ).equals([updated, created, unchanged].map((userId, at) => ({ userId, result: results[at] })))

  const pair: Pair = { studentId: failing, specialization: 'PLAYER' }
  await addProgress(admin, pair, { xp_gained: 1 }).expect(200)
  const { status } = await withFailingLicense(sql, { userId: failing, write: 'update' }, async () =>
    addProgress(admin, pair, toSecond),
  )
  prove('answer of an update whose sync fails', status >= 500).isTrue()
  const errors = () => linesOf(own.log()).filter(({ level }) => Number(level) >= 50)
  await eventually(() => errors().length >= 1, logWithinMs)
  prove(
    'failures in the log',
    errors().map(({ err }) => err?.message),
  ).equals(['the disk is full'])

  await sql.run('update user_licenses set current_level = 7 where user_id = $1', [updated])
  const repair = await admin
    .post(`/api/v1/licenses/admin/sync/user/${updated}`, { specialization_id: 'PLAYER' })
    .expect(200)
  await eventually(() => logged().length >= 4, logWithinMs)
  prove('the repair in the log', logged().at(-1)?.sync_result).equals(repair.body)
})

type SyncAction = NonNullable<Update['sync_result']>['action']

/** What a sync of a licence with progress at level 2 tells. */
function syncResult(action: SyncAction, licenseLevel: number | null): object {
  return {
    success: true,
    action,
    old_license_level: licenseLevel,
    new_license_level: 2,
    progress_level: 2,
  }
}

function licenseOf(
  sql: Sql,
  { studentId, specialization }: Pair,
): Promise<Readonly<Record<string, unknown>>> {
  return sql.one(
    `select xmin::text as version, * from user_licenses
     where user_id = $1 and specialization_type = $2`,
    [studentId, specialization],
  )
}

interface LogLine {
  readonly level: unknown
  readonly userId?: unknown
  readonly sync_result?: unknown
  readonly err?: { readonly message: string }
}

function linesOf(log: string): LogLine[] {
  return log
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as LogLine)
}
