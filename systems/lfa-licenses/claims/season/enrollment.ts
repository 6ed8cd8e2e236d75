import { claim, outcomeOfResponse, type HttpClient } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { openAcademy } from '../academy.ts'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import {
  issueAll,
  issueLicense,
  placeOf,
  specializations,
  type Specialization,
} from '../license.ts'
import { changedBetween, licenseState } from '../license-state.ts'
import { personOf } from '../person.ts'
import { askToEnroll, enrollIn, planSeason, type Season } from '../season.ts'

const paidSpecializations = ['LFA_PLAYER', 'GANCUJU', 'INTERNSHIP'] as const

interface Enrollment {
  readonly enrollment_id: number
  readonly specialization_type: string
  readonly license_id: number
  readonly payment_verified: boolean
  readonly status: string
  readonly assignment_role: string | null
}

claim('LFA-R-05', async ({ system, sql, random, prove }) => {
  const { admin, seasons } = await openAcademy(system, random, 'many')
  const holder = await personOf(system, 'student:everywhere')
  const licenseIds = await issueAll(holder)
  const answers: Partial<Record<Specialization, number>> = {}
  for (const name of random.shuffle(specializations)) {
    const { status } = await askToEnroll(seasons[name], {
      holder,
      licenseId: licenseIds[name],
      admin,
    })
    answers[name] = status
  }
  prove('answers to enrolling in all four', answers).equals({
    LFA_PLAYER: 201,
    GANCUJU: 201,
    INTERNSHIP: 201,
    COACH: 201,
  })
  const listed = async (): Promise<Enrollment[]> => {
    const query = { user_id: holder.id }
    const path = '/api/v1/enrollments'
    return (await holder.get<{ items: Enrollment[] }>(path, { query }).expect(200)).body.items
  }
  const all = await listed()
  const found = all.map((row) => [row.specialization_type, row.license_id])
  prove('licence of each enrolment', Object.fromEntries(found)).equals(licenseIds)
  prove('enrolments', all.length).equals(4)

  const wrong: string[] = []
  for (const name of paidSpecializations) {
    for (const other of paidSpecializations) {
      if (other === name) continue
      const body = { semester_id: seasons[other].semesterId }
      const { status } = await holder.post(`${placeOf[name].path}/enrollments`, body)
      if (status !== 400) wrong.push(`${name} in a semester of ${other}: ${status}`)
    }
  }
  prove('enrolments in a semester of another specialization', wrong).isEmpty()

  const before = await licenseState(sql, holder.id)
  const left = all.find((row) => row.specialization_type === 'GANCUJU')
  await holder.post(`/api/v1/enrollments/${left?.enrollment_id}/cancel`).expect(200)
  const changed = changedBetween(before, await licenseState(sql, holder.id))
  prove('licences touched by leaving one semester', changed).equals(['GANCUJU'])
  const statuses = (await listed()).map((row) => [row.specialization_type, row.status])
  prove('enrolments after that', Object.fromEntries(statuses)).equals({
    LFA_PLAYER: 'ENROLLED',
    GANCUJU: 'CANCELLED',
    INTERNSHIP: 'ENROLLED',
    COACH: 'ENROLLED',
  })
})

claim('LFA-R-06', async ({ system, sql, random, prove }) => {
  const { admin, instructor, seasons } = await openAcademy(system, random, 'unpaid')
  const holder = await personOf(system, 'student:unpaid')
  const licenseIds = await issueAll(holder)
  const mark = (season: Season, status: string): PendingResponse<unknown> =>
    instructor.post('/api/v1/attendance', {
      session_id: season.sessionIds[0],
      user_id: holder.id,
      status,
    })
  for (const name of paidSpecializations) {
    const season = seasons[name]
    const id = await enrollIn(season, { holder, licenseId: licenseIds[name], admin })
    const before = await licenseState(sql, holder.id)
    const unpaid: number[] = []
    for (const status of ['PRESENT', 'LATE', 'EXCUSED', 'ABSENT']) {
      unpaid.push((await mark(season, status)).status)
    }
    prove(`${name}: marks before the payment`, unpaid).equals([409, 409, 409, 409])
    const verify = (by: HttpClient): PendingResponse<Enrollment> =>
      by.post(`/api/v1/enrollments/${id}/verify-payment`)
    const byOthers = [await verify(holder), await verify(instructor)]
    prove(
      `${name}: payment verified by the student or the instructor`,
      byOthers.map(statusOf),
    ).equals([403, 403])
    const changed = changedBetween(before, await licenseState(sql, holder.id))
    prove(`${name}: what they changed`, changed).isEmpty()
    const { body } = await verify(admin).expect(200)
    prove(`${name}: payment verified by an admin`, body.payment_verified).isTrue()
    prove(`${name}: present after that`, (await mark(season, 'PRESENT')).status).equals(201)
  }
  await enrollIn(seasons.COACH, { holder, licenseId: licenseIds.COACH, admin })
  prove(
    'a coach present without any payment',
    (await mark(seasons.COACH, 'PRESENT')).status,
  ).equals(201)
})

claim('LFA-ENR-01', async ({ system, sql, random, histories, prove }) => {
  const { admin, seasons } = await openAcademy(system, random, 'once')
  const holder = await personOf(system, 'student:once')
  const licenseIds = await issueAll(holder)
  for (const name of paidSpecializations) {
    const { semesterId } = seasons[name]
    const enroll = (more: Readonly<Record<string, string>> = {}): PendingResponse<Enrollment> =>
      holder.post(`${placeOf[name].path}/enrollments`, { semester_id: semesterId, ...more })
    const shapes = [
      await enroll({ payment_proof_url: 'ftp://bank.example/slip' }),
      await enroll({ payment_proof_url: 'javascript:alert(1)' }),
      await enroll({ payment_reference_code: 'ab' }),
    ]
    prove(`${name}: payment proof of a wrong shape`, shapes.map(statusOf)).equals([422, 422, 422])
    const race = await histories.concurrently({ actors: 4, operations: 4 }, async () =>
      outcomeOfResponse(await enroll({ payment_reference_code: 'abc' })),
    )
    prove(`${name}: enrolled by four requests at once`, race.ok.length).equals(1)
    const first = race.ok[0]?.outcome.kind === 'ok' ? race.ok[0].outcome.output : undefined
    prove(`${name}: the enrolment`, first).holds({ payment_verified: false, status: 'ENROLLED' })
    prove(`${name}: once more`, (await enroll()).status).equals(409)
    await admin.post(`/api/v1/enrollments/${first?.enrollment_id}/cancel`).expect(200)
    const proof = { payment_proof_url: 'https://bank.example/slip' }
    prove(`${name}: again after leaving`, (await enroll(proof)).status).equals(201)

    const table = placeOf[name].enrollments
    const wrong = await wronglyAnswered(
      system.sqlAs('app'),
      enrollmentAttempts(table, licenseIds[name], semesterId),
    )
    prove(`${name}: what the database takes and should not`, wrong).isEmpty()
    const kept = await sql.rows<{ state: string }>(
      `select status || case when is_active then ' active' else '' end as state
       from ${table} where license_id = $1 order by id`,
      [licenseIds[name]],
    )
    prove(
      `${name}: enrolments kept`,
      kept.map(({ state }) => state),
    ).equals(['CANCELLED', 'ENROLLED active'])
  }
})

claim('LFA-ENR-02', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:coaches')
  const instructor = await personOf(system, 'instructor:coaches')
  const coach = await personOf(system, 'student:coach')
  const licenseId = await issueLicense(coach, 'COACH')
  const assign = (
    by: HttpClient,
    season: Season,
    assignment_role: string,
  ): PendingResponse<Enrollment> => {
    const body = { semester_id: season.semesterId, license_id: licenseId, assignment_role }
    return by.post('/api/v1/coach/assignments', body)
  }
  const plan = { specialization: 'COACH', instructor, costCredits: 5_000 } as const
  for (const role of ['INSTRUCTOR', 'ASSISTANT', 'MENTOR']) {
    const season = await planSeason(admin, random, plan)
    const refused = [
      await assign(coach, season, role),
      await assign(instructor, season, role),
      await assign(admin, season, 'HEAD'),
    ]
    prove(
      `${role}: assigned by the coach, by an instructor, as something else`,
      refused.map(statusOf),
    ).equals([403, 403, 422])
    const { body } = await assign(admin, season, role).expect(201)
    prove(`${role}: the assignment`, body).holds({ assignment_role: role, payment_verified: true })
    prove(`${role}: assigned once more`, (await assign(admin, season, role)).status).equals(409)
    const mark = { session_id: season.sessionIds[0], user_id: coach.id, status: 'PRESENT' }
    prove(
      `${role}: present at once`,
      (await instructor.post('/api/v1/attendance', mark)).status,
    ).equals(201)
  }
  const season = await planSeason(admin, random, plan)
  const asStudent = await coach.post('/api/v1/coach/enrollments', {
    semester_id: season.semesterId,
  })
  prove('a coach enrolling like a student', asStudent.status).equals(404)
  const payment = await sql.rows(
    `select column_name from information_schema.columns
     where table_name = 'coach_assignments' and column_name like 'payment%'`,
  )
  prove('columns for a payment', payment).isEmpty()
  const insert = `insert into coach_assignments (license_id, semester_id, assignment_role)
    values ($1, $2, $3)`
  const wrong = await wronglyAnswered(system.sqlAs('app'), [
    ['an unknown role', refusals.check, insert, licenseId, season.semesterId, 'HEAD'],
    ['no role', refusals.notNull, insert, licenseId, season.semesterId, null],
    ['a known role', 'accepted', insert, licenseId, season.semesterId, 'MENTOR'],
  ])
  prove('what the database takes and should not', wrong).isEmpty()
})

/** Rows that the database has to refuse or to take, beside an active enrolment of the licence. */
function enrollmentAttempts(table: string, licenseId: number, semesterId: number): Attempt[] {
  const insert = `insert into ${table}
      (license_id, semester_id, is_active, payment_proof_url, payment_reference_code)
    values ($1, $2, $3, $4, $5)`
  const row = (
    what: string,
    answer: string,
    ...[isActive, url, code]: readonly [boolean, string | null, string | null]
  ): Attempt => [what, answer, insert, licenseId, semesterId, isActive, url, code]
  return [
    row('a second active enrolment', refusals.unique, true, null, null),
    row('a past enrolment', 'accepted', false, 'http://bank.example', 'abc'),
    row('a proof that is no web address', refusals.check, false, 'ftp://bank.example', null),
    row('a reference of two letters', refusals.check, false, null, 'ab'),
    [
      'an unknown licence',
      refusals.foreignKey,
      `insert into ${table} (license_id, semester_id) values (-1, $1)`,
      semesterId,
    ],
    [
      'a status of its own',
      refusals.check,
      `update ${table} set status = 'PAUSED' where license_id = $1`,
      licenseId,
    ],
  ]
}

function statusOf({ status }: { readonly status: number }): number {
  return status
}
