import { claim, type HttpClient, type HttpResponse, type Random, type Sql } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { issueLicense, placeOf } from '../license.ts'
import { personOf, type Person } from '../person.ts'
import { gapsOf } from '../promotion-request.ts'
import { dayOf, enrollIn, enrollPaid, planSeason, type Season } from '../season.ts'
import { skillNames } from '../skill.ts'

const dayMs = 86_400_000

interface Certificate {
  readonly code: string
  readonly attendance_percent: number
}

/** How many sessions a student has of each mark; the others were never marked. */
interface Marks {
  readonly PRESENT: number
  readonly LATE?: number
  readonly EXCUSED?: number
  readonly ABSENT?: number
}

/** An academy's year: 100 sessions for players, taught by one instructor. */
interface Year {
  readonly admin: Person
  readonly instructor: Person
  readonly season: Season
}

claim('LFA-R-14', async ({ system, sql, random, prove }) => {
  const year = await planYear(sql, random, {
    admin: await personOf(system, 'admin'),
    instructor: await personOf(system, 'instructor'),
  })
  const { admin, instructor, season } = year
  const enter = async (name: string, marks: Marks): Promise<number> =>
    takePart(sql, year, await personOf(system, name), marks)
  const exact = await enter('student:exact', { PRESENT: 79, LATE: 1, ABSENT: 20 })
  const short = await enter('student:short', { PRESENT: 79, ABSENT: 21 })
  const excused = await enter('student:excused', { PRESENT: 76, EXCUSED: 5 })
  const unexcused = await enter('student:unexcused', { PRESENT: 75, EXCUSED: 5 })
  const unpaid = await enter('student:in-arrears', { PRESENT: 100 })
  const unassessed = await enter('student:unassessed', { PRESENT: 100 })
  await sql.run('update lfa_player_enrollments set payment_verified = false where id = $1', [
    unpaid,
  ])
  await sql.run(
    `delete from skill_assessments using lfa_player_enrollments e
     where e.id = $1 and skill_assessments.license_id = e.license_id`,
    [unassessed],
  )
  const semester = `/api/v1/semesters/${season.semesterId}`
  for (const [what, end] of [
    ['weeks before its end', 14],
    ['on its last day', 0],
  ] as const) {
    await admin.patch(semester, { end_date: dayOf(Date.now() + end * dayMs) }).expect(200)
    const running = missing(await graduate(instructor, exact))
    prove(`missing ${what}`, running).equals(['semester: running of ended'])
  }
  await admin.patch(semester, { end_date: dayOf(Date.now() - dayMs) }).expect(200)

  const alone = [
    ['79 of 100 sessions', short, 'attendance_percent: 79 of 80'],
    ['75 of 95 sessions, 5 excused', unexcused, 'attendance_percent: 78.94 of 80'],
    ['a payment that is not verified', unpaid, 'payment: unverified of verified'],
    ['no assessment of skills', unassessed, 'skill_assessments: 0 of 1'],
  ] as const
  for (const [what, enrollmentId, gap] of alone) {
    const answer = await graduate(instructor, enrollmentId)
    prove(`with ${what}`, [answer.status, ...missing(answer)]).equals([400, gap])
  }
  const states = await sql.rows(
    `select status from lfa_player_enrollments where semester_id = $1 and status <> 'ENROLLED'
     union all select code from certificates where semester_name = $2`,
    [season.semesterId, season.name],
  )
  prove('graduates and certificates so far', states).isEmpty()
  for (const [what, enrollmentId] of [
    ['80 of 100 sessions, one of them late', exact],
    ['76 of 95 sessions, 5 excused', excused],
  ] as const) {
    const { body } = await graduate(instructor, enrollmentId).expect(200)
    prove(`attendance with ${what}`, body.attendance_percent).equals(80)
    const { body: seen } = await system.anonymous.get(`/api/v1/verify/${body.code}`).expect(200)
    prove('the certificate, seen by a stranger', seen).holds({
      status: 'valid',
      attendance_percent: 80,
      overall_avg: 60,
      semester_name: season.name,
    })
    prove('graduating again', (await graduate(instructor, enrollmentId)).status).equals(409)
  }
  prove('graduates and their certificates', await graduatesOf(sql, season)).equals(
    [exact, excused].toSorted((a, b) => a - b).map((id) => ({ id, certificates: 1 })),
  )
})

function graduatesOf(sql: Sql, { semesterId }: Season): Promise<unknown[]> {
  return sql.rows(
    `select e.id, count(c.id) as certificates from lfa_player_enrollments e
     left join certificates c on c.enrollment_id = e.id
     where e.semester_id = $1 and e.status = 'GRADUATED' and e.graduated_at is not null
     group by e.id order by e.id`,
    [semesterId],
  )
}

claim('LFA-R-14', { name: 'specializations' }, async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:finals')
  const instructor = await personOf(system, 'instructor:finals')
  const stranger = await personOf(system, 'instructor:elsewhere')
  for (const specialization of ['GANCUJU', 'INTERNSHIP', 'COACH'] as const) {
    const holder = await personOf(system, `student:${placeOf[specialization].licenses}`)
    const licenseId = await issueLicense(holder, specialization)
    const season = await planSeason(admin, random, { specialization, instructor, sessions: 5 })
    const who = { holder, licenseId, admin }
    const enroll = specialization === 'COACH' ? enrollIn : enrollPaid
    const enrollmentId = await enroll(season, who)
    for (const session_id of season.sessionIds.slice(1)) {
      const mark = { session_id, user_id: holder.id, status: 'PRESENT' }
      await instructor.post('/api/v1/attendance', mark).expect(201)
    }
    const completed = { status: 'COMPLETED' }
    await admin.patch(`/api/v1/semesters/${season.semesterId}`, completed).expect(200)
    const byOthers = [await graduate(holder, enrollmentId), await graduate(stranger, enrollmentId)]
    const statuses = byOthers.map(({ status }) => status)
    prove(`${specialization}: by the student or a foreign instructor`, statuses).equals([403, 403])
    const answer = await graduate(instructor, enrollmentId)
    prove(`${specialization}: 4 of 5 sessions of a completed semester`, answer.status).equals(
      specialization === 'COACH' ? 400 : 200,
    )
    const issued = await sql.value<number>(
      'select count(*) from certificates where license_id = $1 and attendance_percent = 80',
      [licenseId],
    )
    prove(`${specialization}: certificates of 80 %`, issued).equals(
      specialization === 'COACH' ? 0 : 1,
    )
  }
})

function graduate(by: HttpClient, enrollmentId: number): PendingResponse<Certificate> {
  return by.post(`/api/v1/enrollments/${enrollmentId}/graduate`)
}

/** What a refused graduation says is missing, in words. */
function missing(answer: HttpResponse): string[] {
  return gapsOf(answer).map(
    ({ requirement, needed, actual }) => `${requirement}: ${actual} of ${needed}`,
  )
}

async function planYear(sql: Sql, random: Random, people: Omit<Year, 'season'>): Promise<Year> {
  const { admin, instructor } = people
  const season = await planSeason(admin, random, { specialization: 'LFA_PLAYER', instructor })
  await sql.run(
    `insert into sessions
       (semester_id, starts_at, ends_at, session_type, instructor_id, capacity)
     select $1, now(), now() + interval '1 hour', 'ON_SITE', $2, 20 from generate_series(2, 100)`,
    [season.semesterId, instructor.id],
  )
  return { ...people, season }
}

/** Lets somebody take part in the year: a paid enrolment, an assessment, and marks. */
async function takePart(
  sql: Sql,
  { admin, season }: Year,
  holder: Person,
  marks: Marks,
): Promise<number> {
  const licenseId = await issueLicense(holder, 'LFA_PLAYER')
  const enrollmentId = await enrollPaid(season, { holder, licenseId, admin })
  const skills = Object.fromEntries(skillNames.map((name) => [name, 60]))
  await admin.put(`/api/v1/lfa-player/licenses/${licenseId}/skills`, skills).expect(200)
  const statuses = Object.entries(marks).flatMap(([status, count]) =>
    Array.from({ length: count as number }, () => status),
  )
  await sql.run(
    `insert into lfa_player_attendance (enrollment_id, session_id, status, checked_in_at)
     select $1, s.id, m.status, now()
     from unnest($3::text[]) with ordinality as m (status, place)
     join (
       select id, row_number() over (order by id) as place from sessions where semester_id = $2
     ) s using (place)`,
    [enrollmentId, season.semesterId, statuses],
  )
  return enrollmentId
}
