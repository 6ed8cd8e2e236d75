import { claim, outcomeOfResponse, type HttpClient, type Sql } from 'etalon'
import { issueAll, issueLicense } from '../license.ts'
import { changedBetween, licenseState } from '../license-state.ts'
import { personOf } from '../person.ts'
import { answerTo, refusals } from '../database-refusal.ts'

/** XP at which each level from 2 to 8 begins, as the specification's table has them. */
const levelsFrom = [1_000, 2_500, 4_500, 7_000, 10_000, 13_500, 17_500] as const

interface Grant {
  readonly transaction_id: number
  readonly total_xp: number
  readonly old_level: number
  readonly new_level: number
  readonly levels_gained: number
}

interface Internship {
  readonly current_level: number
  readonly max_achieved_level: number
  readonly total_xp: number
  readonly position: string
  readonly programme_status: string
  readonly capstone_approved_at: string | null
}

claim('LFA-LVL-05', async ({ system, sql, prove }) => {
  const admin = await system.actor('admin')
  const climber = await issueLicense(await personOf(system, 'student:climber'), 'INTERNSHIP')
  const found: Record<number, number> = {}
  let total = 0
  for (const from of levelsFrom) {
    for (const xp of [from - 1, from]) {
      found[xp] = (await grant(admin, climber, xp - total)).new_level
      total = xp
    }
  }
  const expected = levelsFrom.flatMap((from, at) => [
    [from - 1, at + 1],
    [from, at + 2],
  ])
  prove('level one XP below each threshold and at it', found).equals(Object.fromEntries(expected))
  prove('changes of level on record', await progressionsOf(sql, climber)).equals(
    [1, 2, 3, 4, 5, 6, 7].map((level) => `${level} to ${level + 1}`),
  )

  const leaper = await issueLicense(await personOf(system, 'student:leaper'), 'INTERNSHIP')
  prove('level at 2,000 XP', (await grant(admin, leaper, 2_000)).new_level).equals(2)
  const leap = await grant(admin, leaper, 8_000)
  prove('8,000 XP more in one grant', leap).holds({
    old_level: 2,
    new_level: 6,
    levels_gained: 4,
    total_xp: 10_000,
  })
  const row = await sql.one(
    'select current_level, max_achieved_level, total_xp from internship_licenses where id = $1',
    [leaper],
  )
  prove('the row', row).equals({ current_level: 6, max_achieved_level: 6, total_xp: 10_000 })
  prove('the leap on record', await progressionsOf(sql, leaper)).equals(['1 to 2', '2 to 6'])
  prove('a level written past the XP', await levelAfter(sql, leaper, 'current_level = 8')).equals(6)
  prove(
    '17,500 XP written past the service',
    await levelAfter(sql, leaper, 'total_xp = 17500'),
  ).equals(8)
})

claim('LFA-LVL-06', async ({ system, sql, random, prove }) => {
  const admin = await system.actor('admin')
  const person = await personOf(system, 'student:steady')
  const steady = await issueLicense(person, 'INTERNSHIP')
  let left = 5_050
  for (const source of ['QUIZ', 'PROJECT', 'COMPETITION', 'ACHIEVEMENT']) {
    const part = random.integer(1, 1_200)
    await grant(admin, steady, part, { source })
    left -= part
  }
  await grant(admin, steady, left, { source: 'MANUAL' })
  const { body } = await person.get<Internship>(`/api/v1/internship/licenses/${steady}`).expect(200)
  prove('5,050 XP in five grants', body).holds({
    total_xp: 5_050,
    current_level: 4,
    max_achieved_level: 4,
    position: 'Mid-level',
  })
  const inView = await sql.value<number>(
    'select current_level from v_all_active_licenses where license_id = $1',
    [steady],
  )
  prove('level in the unified view', inView).equals(4)

  const atOnce = await issueLicense(await personOf(system, 'student:at-once'), 'INTERNSHIP')
  const all = await grant(admin, atOnce, 5_050)
  prove('level after 5,050 XP in one grant', all.new_level).equals(4)
})

claim('LFA-LVL-07', async ({ system, sql, prove }) => {
  const [admin, second] = [await system.actor('admin'), await system.actor('admin:second')]
  const person = await personOf(system, 'student:finisher')
  const finisher = await issueLicense(person, 'INTERNSHIP')
  const path = `/api/v1/internship/licenses/${finisher}`
  const shown = async (): Promise<Internship> =>
    (await person.get<Internship>(path).expect(200)).body
  const approval = async (by: HttpClient): Promise<number> =>
    (await by.post(`${path}/approve-capstone`)).status

  await grant(admin, finisher, 22_499)
  prove('at 22,499 XP', await shown()).holds({ current_level: 8, programme_status: 'in_progress' })
  prove('capstone approved at 22,499 XP', await approval(admin)).equals(400)
  await grant(admin, finisher, 1)
  prove('at 22,500 XP', await shown()).holds({
    current_level: 8,
    programme_status: 'awaiting_capstone',
    capstone_approved_at: null,
  })
  const byOthers = [await approval(person), await approval(await system.actor('instructor'))]
  prove('capstone approved by the student or an instructor', byOthers).equals([403, 403])
  prove('capstone approved by an admin', await approval(admin)).equals(200)
  const completed = await shown()
  prove('after the approval', completed.programme_status).equals('completed')
  prove('approving once more', await approval(second)).equals(200)
  const { capstone_approved_at } = await shown()
  prove('the first approval stays', capstone_approved_at).equals(completed.capstone_approved_at)
  const approvals = await sql.value<number>(
    `select count(*) from audit_log where action = 'license.approve-capstone' and entity_id = $1`,
    [finisher],
  )
  prove('approvals in the audit log', approvals).equals(1)

  await grant(admin, finisher, 1_000_000)
  prove('with a million XP more', await shown()).holds({ current_level: 8, max_achieved_level: 8 })
  const ninth = `insert into spec_levels (ladder_id, version, level, name, required_xp)
    values ('INTERNSHIP', 1, 9, 'Ninth', 20000)`
  prove('a ninth level in the table', await answerTo(sql, ninth)).equals(refusals.check)
})

claim('LFA-R-07', async ({ system, sql, histories, random, prove }) => {
  const admin = await system.actor('admin')
  const person = await personOf(system, 'student:granted')
  const licenseId = await issueLicense(person, 'INTERNSHIP')
  const key = random.text(20)
  const headers = { 'idempotency-key': key }
  const body = { license_id: licenseId, xp_gained: 300, source: 'QUIZ' }
  const first = await admin.post<Grant>('/api/v1/internship/xp', body, { headers }).expect(200)
  const again = await admin.post<Grant>('/api/v1/internship/xp', body, { headers }).expect(200)
  prove('the repeated answer', again.body).equals(first.body)
  prove('it says that it is one', again.headers['idempotent-replayed']).equals('true')
  const changed = [{ xp_gained: 301 }, { source: 'PROJECT' }].map(async (change) => {
    return (await admin.post('/api/v1/internship/xp', { ...body, ...change }, { headers })).status
  })
  prove('the key with another amount or source', await Promise.all(changed)).equals([409, 409])

  // Several rounds, because the first of them only makes the service open its connections.
  const named: number[] = []
  for (let round = 0; round < 4; round += 1) {
    const shared = { headers: { 'idempotency-key': random.text(20) } }
    const { ok } = await histories.concurrently({ actors: 8, operations: 16 }, async () =>
      outcomeOfResponse(await admin.post<Grant>('/api/v1/internship/xp', body, shared)),
    )
    prove('16 requests at once with one new key, answered', ok.length).equals(16)
    const ids = ok.map(({ outcome }) => (outcome.kind === 'ok' ? outcome.output.transaction_id : 0))
    named.push(new Set(ids).size)
  }
  prove('grants that they name in each of four rounds', named).equals([1, 1, 1, 1])
  await grant(admin, licenseId, 50, { source: 'PROJECT' })
  await grant(admin, licenseId, 50, { source: 'PROJECT' })

  const total = 'select total_xp from internship_licenses where id = $1'
  prove(
    'XP after five keys for 300, and twice 50 without a key',
    await sql.value<number>(total, [licenseId]),
  ).equals(1_600)
  const ledger = await sql.rows<{ balance_after: number }>(
    'select balance_after from xp_transactions where license_id = $1 order by id',
    [licenseId],
  )
  prove(
    'balance after each grant',
    ledger.map(({ balance_after }) => balance_after),
  ).equals([300, 600, 900, 1_200, 1_500, 1_550, 1_600])
  const copy = `insert into xp_transactions
      (user_id, internship_license_id, source, amount, balance_after, idempotency_key)
    values ($1, $2, 'QUIZ', 300, 1000, $3)`
  const answer = await answerTo(system.sqlAs('app'), copy, [person.id, licenseId, key])
  prove('a second row with the key, past the service', answer).equals(refusals.unique)
})

claim('LFA-R-09', async ({ system, sql, prove }) => {
  const admin = await system.actor('admin')
  const rising = await personOf(system, 'student:rising')
  const neighbour = await personOf(system, 'student:neighbour')
  const own = await issueAll(rising)
  await issueAll(neighbour)
  await admin
    .post('/api/v1/gancuju/competitions', { license_id: own.GANCUJU, won: true })
    .expect(200)
  const neighbourBefore = await licenseState(sql, neighbour.id)
  const certificate = { exam_score_percent: 100, first_aid_certificate: true }
  const steps = {
    INTERNSHIP: () => grant(admin, own.INTERNSHIP, 10_000),
    GANCUJU: () => admin.post(`/api/v1/gancuju/licenses/${own.GANCUJU}/promote`).expect(200),
    COACH: () =>
      admin
        .post(`/api/v1/coach/licenses/${own.COACH}/promote`, {
          ...certificate,
          override_reason: 'coached abroad',
        })
        .expect(200),
  }
  for (const [name, step] of Object.entries(steps)) {
    const before = await licenseState(sql, rising.id)
    await step()
    const changed = changedBetween(before, await licenseState(sql, rising.id))
    prove(`licences changed by rising in ${name}`, changed.join()).equals(name)
  }
  const levels = await sql.rows<{ specialization_type: string; current_level: number | null }>(
    'select specialization_type, current_level from v_all_active_licenses where user_id = $1',
    [rising.id],
  )
  const found = levels.map((row) => [row.specialization_type, row.current_level])
  prove('levels in the end', Object.fromEntries(found)).equals({
    LFA_PLAYER: null,
    GANCUJU: 2,
    INTERNSHIP: 6,
    COACH: 2,
  })
  const unmoved = changedBetween(neighbourBefore, await licenseState(sql, neighbour.id))
  prove('licences of somebody else that changed', unmoved).isEmpty()
  const records = await sql.rows<{ license_id: number }>(
    'select license_id from license_progressions where license_id = any($1) order by license_id',
    [Object.values(own)],
  )
  const recorded = records.map(({ license_id }) => license_id)
  prove('one change of level on record for each', recorded).equals(
    [own.GANCUJU, own.INTERNSHIP, own.COACH].toSorted((a, b) => a - b),
  )
})

async function grant(
  by: HttpClient,
  licenseId: number,
  xp: number,
  more: { readonly source?: string } = {},
): Promise<Grant> {
  const body = { license_id: licenseId, xp_gained: xp, ...more }
  return (await by.post<Grant>('/api/v1/internship/xp', body).expect(200)).body
}

async function progressionsOf(sql: Sql, licenseId: number): Promise<string[]> {
  const rows = await sql.rows<{ step: string }>(
    `select from_level || ' to ' || to_level as step from license_progressions
     where internship_license_id = $1 order by id`,
    [licenseId],
  )
  return rows.map(({ step }) => step)
}

/** The level that the database keeps after a write of its own, which is taken back. */
function levelAfter(sql: Sql, licenseId: number, change: string): Promise<number> {
  return sql.session(async (tx) => {
    await tx.run('begin')
    const level = await tx.value<number>(
      `update internship_licenses set ${change} where id = $1 returning current_level`,
      [licenseId],
    )
    await tx.run('rollback')
    return level
  })
}
