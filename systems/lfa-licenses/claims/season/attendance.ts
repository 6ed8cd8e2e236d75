import { claim, outcomeOfResponse, type ClaimContext, type HttpClient, type Random } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { openAcademy, takeIn, type Academy, type Student } from '../academy.ts'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { placeOf, specializations, type Specialization } from '../license.ts'
import { changedBetween, licenseState } from '../license-state.ts'
import { enrollPaid, planSeason, sessionHours } from '../season.ts'
import { personOf } from '../person.ts'

interface Attendance {
  readonly attendance_id: number
  readonly specialization_type: string
  readonly license_id: number
  readonly status: string
  readonly xp_earned: number
  readonly theory_hours_earned: number
  readonly practice_hours_earned: number
}

/** What a plain presence earns in each specialization. */
const earnedPresent = {
  LFA_PLAYER: { xp_earned: 50 },
  GANCUJU: {},
  INTERNSHIP: { xp_earned: 50 },
  COACH: {
    theory_hours_earned: sessionHours.theory,
    practice_hours_earned: sessionHours.practice,
  },
} as const

claim('LFA-R-04', async ({ system, sql, random, prove }) => {
  const academy = await openAcademy(system, random, 'crossing')
  const student = await takeIn(system, academy, 'student:crossing')
  const neighbour = await takeIn(system, academy, 'student:beside')
  const neighbourBefore = await licenseState(sql, neighbour.holder.id)
  for (const name of random.shuffle(specializations)) {
    const before = await licenseState(sql, student.holder.id)
    const { body } = await mark(academy, student, name).expect(201)
    const changed = changedBetween(before, await licenseState(sql, student.holder.id))
    prove(`licences changed by a session of ${name}`, changed).equals([name])
    prove(`the licence that the answer names`, body).holds({
      specialization_type: name,
      license_id: student.licenseIds[name],
    })
  }
  const { licenseIds } = student
  const totals = await sql.one(
    `select i.total_xp, i.sessions_completed, g.sessions_attended, c.theory_hours,
       c.practice_hours, p.balance_after as player_xp
     from internship_licenses i, gancuju_licenses g, coach_licenses c, xp_transactions p
     where i.id = $1 and g.id = $2 and c.id = $3 and p.license_id = $4`,
    [licenseIds.INTERNSHIP, licenseIds.GANCUJU, licenseIds.COACH, licenseIds.LFA_PLAYER],
  )
  prove('what each licence got', totals).equals({
    total_xp: 50,
    sessions_completed: 1,
    sessions_attended: 1,
    theory_hours: sessionHours.theory,
    practice_hours: sessionHours.practice,
    player_xp: 50,
  })
  const touched = changedBetween(neighbourBefore, await licenseState(sql, neighbour.holder.id))
  prove('licences of another student in the same sessions', touched).isEmpty()
})

claim('LFA-ATT-01', async ({ system, sql, random, histories, prove }) => {
  const academy = await openAcademy(system, random, 'marks', { sessions: 2 })
  const student = await takeIn(system, academy, 'student:marked')
  for (const name of specializations) {
    const [sessionId, raced] = academy.seasons[name].sessionIds as [number, number]
    const of = (status: string, session_id = sessionId) =>
      mark(academy, student, name, { status, session_id })
    const excused = (await of('EXCUSED').expect(201)).body
    const present = (await of('PRESENT').expect(201)).body
    prove(`${name}: excused, then present after all`, present).holds({
      attendance_id: excused.attendance_id,
      ...earnedPresent[name],
    })
    const again = [await of('PRESENT'), await of('ABSENT')].map(({ status }) => status)
    prove(`${name}: marked again after PRESENT`, again).equals([409, 409])
    const race = await histories.concurrently({ actors: 5, operations: 5 }, async () =>
      outcomeOfResponse(await of('PRESENT', raced)),
    )
    prove(`${name}: marks made by five at once`, race.ok.length).equals(1)

    const { attendance } = placeOf[name]
    const enrollmentId = student.enrollmentIds[name]
    const rows = await sql.rows<Record<string, unknown>>(
      `select * from ${attendance} where enrollment_id = $1 order by session_id`,
      [enrollmentId],
    )
    const stored = { status: 'PRESENT', ...earnedPresent[name] }
    prove(`${name}: rows`, rows.length).equals(2)
    for (const row of rows) prove(`${name}: what is stored with the mark`, row).holds(stored)
    const wrong = await wronglyAnswered(
      system.sqlAs('app'),
      attendanceAttempts(name, enrollmentId, sessionId),
    )
    prove(`${name}: what the database takes and should not`, wrong).isEmpty()
  }
  await proveEarlyMarks({ prove, random }, academy, student)
  const ledger = `select amount from xp_transactions where license_id = any($1)`
  const granted = await sql.rows<{ amount: number }>(ledger, [Object.values(student.licenseIds)])
  prove(
    'XP of two player and two internship sessions',
    granted.map(({ amount }) => amount),
  ).equals([50, 50, 50, 50])
})

/** A session that begins tomorrow: somebody may be excused, and nobody has come. */
async function proveEarlyMarks(
  { prove, random }: Pick<ClaimContext, 'prove' | 'random'>,
  academy: Academy,
  { holder }: Student,
): Promise<void> {
  const { admin, instructor, seasons } = academy
  const name = random.pick(specializations)
  const startsAt = Date.now() + 86_400_000
  const { body } = await admin
    .post<{ id: number }>('/api/v1/sessions', {
      semester_id: seasons[name].semesterId,
      starts_at: new Date(startsAt).toISOString(),
      ends_at: new Date(startsAt + 3_600_000).toISOString(),
      session_type: 'ON_SITE',
      instructor_id: instructor.id,
      capacity: 20,
      theory_hours: 1,
    })
    .expect(201)
  const marks: string[] = []
  for (const status of ['PRESENT', 'LATE', 'ABSENT', 'EXCUSED']) {
    const answer = await markSession(instructor, body.id, holder.id, { status })
    marks.push(`${status} ${answer.status}`)
  }
  prove(`${name}: marks in a session that begins tomorrow`, marks).equals([
    'PRESENT 409',
    'LATE 409',
    'ABSENT 409',
    'EXCUSED 201',
  ])
}

claim('LFA-R-08', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:rated')
  const instructor = await personOf(system, 'instructor:rated')
  const student = await personOf(system, 'student:rated')
  const cases = ratedCases(random)
  for (const specialization of ['INTERNSHIP', 'LFA_PLAYER'] as const) {
    const { path, licenses } = placeOf[specialization]
    const licenseId = (await student.post<{ id: number }>(`${path}/licenses`).expect(201)).body.id
    const season = await planSeason(admin, random, { specialization, instructor })
    await enrollPaid(season, { holder: student, licenseId, admin })
    const sessions = await sql.rows<{ id: number }>(
      `insert into sessions
         (semester_id, starts_at, ends_at, session_type, instructor_id, capacity)
       select $1, now(), now() + interval '1 hour', type, $2, 10
       from unnest($3::text[]) with ordinality as t (type, place) order by place returning id`,
      [season.semesterId, instructor.id, cases.map(({ type }) => type)],
    )
    const markIn = (at: number, more: Readonly<Record<string, unknown>>) =>
      instructor.post<Attendance>('/api/v1/attendance', {
        session_id: sessions[at]?.id,
        user_id: student.id,
        status: 'PRESENT',
        ...more,
      })
    const shapes = [{ instructor_rating: 6 }, { instructor_rating: -1 }, { instructor_rating: 2.5 }]
    const refused = await Promise.all(
      [...shapes, { quiz_score_percent: 100.5 }].map(
        async (more) => (await markIn(0, more)).status,
      ),
    )
    prove('ratings of 6, -1 and 2.5, and a quiz of 100.5 %', refused).equals([422, 422, 422, 422])
    const late = await markIn(0, { status: 'LATE', instructor_rating: 5, quiz_score_percent: 100 })
    prove('XP of a late student', late.body.xp_earned).equals(0)

    const wrong: unknown[] = []
    for (const [at, { type, rating, quiz, xp }] of cases.entries()) {
      const more = { instructor_rating: rating, quiz_score_percent: quiz }
      const { body } = await markIn(at, more).expect(201)
      if (body.xp_earned !== xp) wrong.push({ type, rating, quiz, xp, found: body.xp_earned })
    }
    prove(`${specialization}: wrong among ${cases.length} kinds of session`, wrong).isEmpty()
    const bare = await markSession(instructor, season.sessionIds[0], student.id).expect(201)
    prove(`${specialization}: XP without rating or quiz`, bare.body.xp_earned).equals(50)
    const total = await sql.value<number>(
      specialization === 'INTERNSHIP'
        ? `select total_xp from ${licenses} where id = $1`
        : 'select max(balance_after) from xp_transactions where license_id = $1',
      [licenseId],
    )
    const sum = cases.reduce((xp, one) => xp + one.xp, 50)
    prove(`${specialization}: XP in all`, total).equals(sum)
  }
})

/** Every kind of session with quizzes on both sides of each bound, the ratings drawn. */
function ratedCases(random: Random): {
  readonly type: string
  readonly rating: number
  readonly quiz: number | undefined
  readonly xp: number
}[] {
  const quizzes = [
    [undefined, 0],
    [0, 0],
    [69.99, 0],
    [70, 75],
    [89.99, 75],
    [90, 150],
    [100, 150],
  ] as const
  const ratings = random.shuffle([0, 1, 2, 3, 4, 5, 5])
  return ['ON_SITE', 'VIRTUAL', 'HYBRID'].flatMap((type) =>
    quizzes.map(([quiz, bonus], at) => {
      const rating = ratings[at] as number
      return { type, rating, quiz, xp: 50 + 10 * rating + (type === 'ON_SITE' ? 0 : bonus) }
    }),
  )
}

/** Marks a student of an academy; for the first session of the specialization unless told. */
function mark(
  { instructor, seasons }: Academy,
  { holder }: Student,
  specialization: Specialization,
  more: Readonly<Record<string, unknown>> = {},
): PendingResponse<Attendance> {
  return markSession(instructor, seasons[specialization].sessionIds[0], holder.id, more)
}

function markSession(
  by: HttpClient,
  session_id: number | undefined,
  user_id: number,
  more: Readonly<Record<string, unknown>> = {},
): PendingResponse<Attendance> {
  return by.post('/api/v1/attendance', { session_id, user_id, status: 'PRESENT', ...more })
}

/** Rows that the database has to refuse or to take; the session is marked already. */
function attendanceAttempts(
  specialization: Specialization,
  enrollmentId: number,
  sessionId: number,
): Attempt[] {
  const { attendance } = placeOf[specialization]
  const insert = `insert into ${attendance} (enrollment_id, session_id) values ($1, $2)`
  const update = (what: string, answer: string, change: string): Attempt => [
    what,
    answer,
    `update ${attendance} set ${change} where enrollment_id = $1 and session_id = $2`,
    enrollmentId,
    sessionId,
  ]
  const earned =
    specialization === 'COACH'
      ? [
          update(
            'present without hours',
            refusals.check,
            'theory_hours_earned = 0, practice_hours_earned = 0',
          ),
          update('absent with hours', refusals.check, `status = 'ABSENT'`),
        ]
      : specialization === 'GANCUJU'
        ? []
        : [update('XP below zero', refusals.check, 'xp_earned = -1')]
  return [
    ['a second mark', refusals.unique, insert, enrollmentId, sessionId],
    ['an unknown session', refusals.foreignKey, insert, enrollmentId, -1],
    update('present without a check-in', refusals.check, 'checked_in_at = null'),
    update('an unknown status', refusals.check, `status = 'ASLEEP'`),
    ...earned,
  ]
}
