import { claim, type HttpClient, type Sql, type SystemHandle } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { issueLicense } from '../license.ts'
import { personOf, type Person } from '../person.ts'
import { askPromotion, gapsOf, namesOfGaps } from '../promotion-request.ts'
import { dayOf, enrollIn, enrollPaid, planSeason } from '../season.ts'

/** What each level takes, as the specification's table has it; hours are sums over all levels. */
const levels = [
  { level: 2, theory: 70, practice: 110, teaching: 50, age: 16, examPercent: 70 },
  { level: 3, theory: 105, practice: 165, teaching: 100, age: 16, examPercent: 65 },
  { level: 4, theory: 150, practice: 230, teaching: 200, age: 18, examPercent: 75 },
  { level: 5, theory: 190, practice: 290, teaching: 300, age: 18, examPercent: 70 },
  { level: 6, theory: 225, practice: 345, teaching: 500, age: 20, examPercent: 75 },
  { level: 7, theory: 275, practice: 415, teaching: 800, age: 21, examPercent: 80 },
  { level: 8, theory: 335, practice: 495, teaching: 1_200, age: 23, examPercent: 85 },
] as const

/** What a coach can show for a level. */
interface CoachRecord {
  readonly theory: number
  readonly practice: number
  readonly teaching: number
  readonly birth: string | null
  readonly examPercent: number
  readonly firstAid: boolean
}

/** What a refusal calls each of them. */
const gapNames = {
  theory: 'theory_hours',
  practice: 'practice_hours',
  teaching: 'teaching_hours',
  birth: 'min_age',
  examPercent: 'exam_score_percent',
  firstAid: 'first_aid_certificate',
} as const

interface Coach {
  readonly current_level: number
  readonly max_achieved_level: number
}

/** An examination that is passed with full marks. */
const passed = { exam_score_percent: 100, first_aid_certificate: true } as const

claim('LFA-LVL-11', async ({ system, sql, random, prove }) => {
  const admin = await system.actor('admin')
  const coach = await personOf(system, 'student:trainee')
  const licenseId = await issueLicense(coach, 'COACH')
  const credit = async (kind: string, hours: number): Promise<void> => {
    const body = { license_id: licenseId, hours }
    await admin.post(`/api/v1/coach/${kind}-hours`, body).expect(200)
  }
  await credit('teaching', 50)
  // What only level 2 itself takes, 40 and 60 hours, with those of level 1 left out.
  await credit('theory', 40)
  await credit('practice', 60)
  const second = await certify(admin, licenseId)
  prove('level 2 with the hours of level 2 alone', second.status).equals(400)
  prove('what is missing', gapsOf(second)).equals([
    { requirement: 'theory_hours', needed: 70, actual: 40 },
    { requirement: 'practice_hours', needed: 110, actual: 60 },
  ])
  const missing = { theory: 30, practice: 50 }
  const [late, early] = random.shuffle(['theory', 'practice'] as const)
  await credit(early as 'theory', missing[early as 'theory'])
  await credit(late as 'theory', missing[late as 'theory'] - 1)
  const short = await certify(admin, licenseId)
  prove(`level 2 with one hour of ${late} missing`, [short.status, ...namesOfGaps(short)]).equals([
    400,
    `${late}_hours`,
  ])
  await credit(late as 'theory', 1)
  const { body } = await certify(admin, licenseId).expect(200)
  prove('with 70 hours of theory and 110 of practice', body).holds({
    current_level: 2,
    max_achieved_level: 2,
  })
  const third = gapsOf(await certify(admin, licenseId)).map(({ needed }) => needed)
  prove('hours that level 3 takes', third).equals([105, 165, 100])
  const stats = await coach
    .get<{ next_level: { level: number } }>(`/api/v1/coach/licenses/${licenseId}/stats`)
    .expect(200)
  prove('next level shown to the coach', stats.body.next_level.level).equals(3)
  const steps = await sql.rows(
    'select from_level, to_level from license_progressions where coach_license_id = $1',
    [licenseId],
  )
  prove('changes of level on record', steps).equals([{ from_level: 1, to_level: 2 }])
})

claim('LFA-D-12', { name: 'coach' }, async ({ system, sql, random, prove }) => {
  const admin = await system.actor('admin')
  const coach = await personOf(system, 'student:examined')
  const licenseId = await issueLicense(coach, 'COACH')
  const attempt = async (from: number, record: CoachRecord): Promise<unknown[]> => {
    await giveRecord(sql, { licenseId, userId: coach.id }, { ...record, level: from })
    const answer = await certify(admin, licenseId, {
      exam_score_percent: record.examPercent,
      first_aid_certificate: record.firstAid,
    })
    return [answer.status, ...namesOfGaps(answer)]
  }
  const drawn = random.pick(levels).level
  for (const row of levels) {
    const [exact, short] = recordsAround(row)
    const from = row.level - 1
    prove(`level ${row.level} with everything just short`, await attempt(from, short)).equals([
      400,
      ...Object.values(gapNames),
    ])
    for (const name of row.level === drawn ? Object.keys(gapNames) : []) {
      const field = name as keyof CoachRecord
      const found = await attempt(from, { ...exact, [field]: short[field] })
      prove(`level ${row.level} with ${field} just short`, found).equals([400, gapNames[field]])
    }
    prove(`level ${row.level} with exactly what it takes`, await attempt(from, exact)).equals([200])
  }
  prove('a ninth level', (await certify(admin, licenseId)).status).equals(400)
  const [second] = recordsAround(levels[0])
  await giveRecord(sql, { licenseId, userId: coach.id }, { ...second, birth: null, level: 1 })
  const ageless = namesOfGaps(await certify(admin, licenseId))
  prove('missing for a coach of unknown age', ageless).equals(['min_age'])
})

claim('LFA-D-12', { name: 'coach-override' }, async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin')
  const instructor = await personOf(system, 'instructor')
  const coach = await personOf(system, 'student:abroad')
  const licenseId = await issueLicense(coach, 'COACH')
  const season = await planSeason(admin, random, { specialization: 'COACH', instructor })
  await enrollIn(season, { holder: coach, licenseId, admin })
  const override = { ...passed, override_reason: 'licensed abroad' }
  const byOthers = [
    await certify(coach, licenseId, override),
    await certify(instructor, licenseId, override),
  ]
  prove(
    'an override by the coach or an instructor',
    byOthers.map(({ status }) => status),
  ).equals([403, 403])
  const { body } = await certify(admin, licenseId, override).expect(200)
  prove('level after an override by an admin', body.current_level).equals(2)
  const record = await sql.one(
    `select p.from_level, p.to_level, p.advanced_by, p.advancement_reason, p.is_override,
       jsonb_array_length(p.requirements_met -> 'gaps') as gaps, a.actor_id, a.after
     from license_progressions p
     join audit_log a on a.entity_id = p.license_id and a.action = 'license.promote'
     where p.license_id = $1`,
    [licenseId],
  )
  prove('the override on record and in the audit log', record).equals({
    from_level: 1,
    to_level: 2,
    advanced_by: admin.id,
    advancement_reason: 'licensed abroad',
    is_override: true,
    gaps: 3,
    actor_id: admin.id,
    after: { current_level: 2, reason: 'licensed abroad', is_override: true },
  })
})

claim(['LFA-D-11', 'LFA-LVL-10'], { timeoutMs: 120_000 }, async ({ system, random, prove }) => {
  const usual = await candidates(system)
  const closed = await certify(usual.admin, usual.coach.licenseId)
  prove('coach without hours, gate on', [closed.status, ...namesOfGaps(closed)]).equals([
    400,
    'theory_hours',
    'practice_hours',
  ])
  const renamed = await withCoachesRenamed(system.sql, () =>
    certify(usual.admin, usual.coach.licenseId),
  )
  prove('the same, the specialization under another id', renamed.status).equals(400)
  const promoted = await promoteEither(usual.admin, usual.fighter)
  prove('fighter without sessions, switch off', promoted.status).equals(200)

  const otherwise = await system.another({
    COACH_REQUIRE_HOURS: 'false',
    COACH_REQUIRE_SESSIONS: 'true',
    GANCUJU_REQUIRE_SESSIONS: 'true',
  })
  const turned = await candidates(otherwise)
  for (const [candidate, sessions] of [
    [turned.coach, 18],
    [turned.fighter, 5],
  ] as const) {
    const { specialization, holder, licenseId } = candidate
    const instructor = await personOf(otherwise, 'instructor')
    const season = await planSeason(turned.admin, random, { specialization, instructor, sessions })
    await enrollPaid(season, { holder, licenseId, admin: turned.admin })
    const attend = async (session_id: number | undefined): Promise<void> => {
      const mark = { session_id, user_id: holder.id, status: 'PRESENT' }
      await instructor.post('/api/v1/attendance', mark).expect(201)
    }
    for (const session of season.sessionIds.slice(1)) await attend(session)
    const short = await promoteEither(turned.admin, candidate)
    const missing = gapsOf(short).map(({ needed, actual }) => `${actual} of ${needed}`)
    prove(`${specialization}, sessions on, one short`, missing).equals([
      `${sessions - 1} of ${sessions}`,
    ])
    await attend(season.sessionIds[0])
    const enough = await promoteEither(turned.admin, candidate)
    prove(`${specialization}, sessions on, hours off, with ${sessions}`, enough.status).equals(200)
  }
})

interface Candidate {
  readonly specialization: 'GANCUJU' | 'COACH'
  readonly holder: Person
  readonly licenseId: number
}

/** A coach with teaching hours only, and a fighter with a win only. */
async function candidates(
  system: SystemHandle,
): Promise<{ admin: Person; coach: Candidate; fighter: Candidate }> {
  const admin = await personOf(system, 'admin')
  const holder = await personOf(system, 'student:candidate')
  const coach = await issueLicense(holder, 'COACH')
  const hours = { license_id: coach, hours: 50 }
  await admin.post('/api/v1/coach/teaching-hours', hours).expect(200)
  const fighter = await issueLicense(holder, 'GANCUJU')
  const win = { license_id: fighter, won: true }
  await admin.post('/api/v1/gancuju/competitions', win).expect(200)
  return {
    admin,
    coach: { specialization: 'COACH', holder, licenseId: coach },
    fighter: { specialization: 'GANCUJU', holder, licenseId: fighter },
  }
}

function promoteEither(admin: Person, candidate: Candidate): PendingResponse<unknown> {
  return askPromotion(admin, candidate, candidate.specialization === 'COACH' ? passed : undefined)
}

function certify(
  by: HttpClient,
  licenseId: number,
  examination: Readonly<Record<string, unknown>> = passed,
): PendingResponse<Coach> {
  return askPromotion(by, { specialization: 'COACH', licenseId }, examination)
}

async function giveRecord(
  sql: Sql,
  { licenseId, userId }: { readonly licenseId: number; readonly userId: number },
  { level, theory, practice, teaching, birth }: CoachRecord & { readonly level: number },
): Promise<void> {
  await sql.run(
    `update coach_licenses set current_level = $2, theory_hours = $3, practice_hours = $4,
       teaching_hours = $5 where id = $1`,
    [licenseId, level, theory, practice, teaching],
  )
  await sql.run('update users set date_of_birth = $2 where id = $1', [userId, birth])
}

/** Exactly what a level takes, and each of it just short: an hour, a percent, a day of age. */
function recordsAround(level: (typeof levels)[number]): readonly [CoachRecord, CoachRecord] {
  const { theory, practice, teaching, age, examPercent } = level
  const birth = youngestAt(age)
  const dayLater = dayOf(Date.parse(birth) + 86_400_000)
  return [
    { theory, practice, teaching, birth, examPercent, firstAid: true },
    {
      theory: theory - 1,
      practice: practice - 1,
      teaching: teaching - 1,
      birth: dayLater,
      examPercent: examPercent - 1,
      firstAid: false,
    },
  ]
}

/** The latest day of birth with which somebody is this old today. */
function youngestAt(age: number): string {
  const today = dayOf(Date.now())
  const day = `${Number(today.slice(0, 4)) - age}${today.slice(4)}`
  // On 29 February of a leap year, who was born on 28 February is the youngest in the others.
  return dayOf(Date.parse(day)) === day ? day : day.replace('02-29', '02-28')
}

/** Calls the specialization of the coaches' ladder otherwise, as a later version of the public one. */
async function withCoachesRenamed<Result>(
  sql: Sql,
  work: () => PromiseLike<Result>,
): Promise<Result> {
  const rename = "update ladders set specialization_id = $1 where id = 'COACH'"
  await sql.run(`insert into specializations (id, name, max_levels, min_age, uses_credits, expires)
    values ('LFA_COACH', 'LFA Coach', 8, 14, false, true)`)
  try {
    await sql.run(rename, ['LFA_COACH'])
    return await work()
  } finally {
    await sql.run(rename, ['COACH'])
    await sql.run(`delete from specializations where id = 'LFA_COACH'`)
  }
}
