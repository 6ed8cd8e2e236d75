import { claim, type HttpClient, type Sql } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { issueLicense } from '../license.ts'
import { personOf } from '../person.ts'
import { askPromotion, gapsOf, isReady, namesOfGaps, trainCoach } from '../promotion-request.ts'
import { dayOf, enrollIn, planSeason } from '../season.ts'

/** What each level takes, as the specification's table has it; hours are sums over all levels. */
const levels = [
  [2, 35_000, 18, 70, 110, 50, 16, 70],
  [3, 60_000, 20, 105, 165, 100, 16, 65],
  [4, 90_000, 22, 150, 230, 200, 18, 75],
  [5, 130_000, 25, 190, 290, 300, 18, 70],
  [6, 180_000, 28, 225, 345, 500, 20, 75],
  [7, 240_000, 30, 275, 415, 800, 21, 80],
  [8, 320_000, 35, 335, 495, 1_200, 23, 85],
].map(([level = 0, xp = 0, sessions = 0, theory = 0, practice = 0, ...more]) => {
  const [teaching = 0, age = 0, examPercent = 0] = more
  return { level, xp, sessions, theory, practice, teaching, age, examPercent }
})

/** The age groups that a coach may coach from these levels on. */
const coachedFrom = { PRE: 1, YOUTH: 3, AMATEUR: 5, PRO: 7 } as const

type CoachLevel = (typeof levels)[number]

/** What a coach can show for a level. */
interface CoachRecord {
  readonly xp: number
  readonly sessions: number
  readonly theory: number
  readonly practice: number
  readonly teaching: number
  readonly birth: string | null
  readonly examPercent: number
  readonly firstAid: boolean
}

/** What a refusal calls each of them. */
const gapNames = {
  xp: 'total_xp',
  sessions: 'sessions',
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

/** An examination of which everything has failed. */
const failed = { exam_score_percent: 0, first_aid_certificate: false } as const

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
  await trainCoach(admin, coach.id, { xp: 35_000, sessions: 18 })
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
  prove('XP, sessions and hours that level 3 takes', third).equals([60_000, 20, 105, 165, 100])
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
  await trainCoach(admin, coach.id, { xp: 1 })
  const shownWrongly: unknown[] = []
  const attempt = async (from: number, record: CoachRecord): Promise<unknown[]> => {
    await giveRecord(sql, { licenseId, userId: coach.id }, { ...record, level: from })
    const isShown = await isReady(admin, licenseId)
    const carries = gapsOf(await certify(admin, licenseId, failed)).length === 2
    if (isShown !== carries) shownWrongly.push({ from, record, isShown })
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
    const { body } = await coach
      .get<{ coached_age_groups: string[] }>(`/api/v1/coach/licenses/${licenseId}/stats`)
      .expect(200)
    prove(`age groups that a coach of level ${row.level} coaches`, body.coached_age_groups).equals(
      Object.entries(coachedFrom).flatMap(([group, level]) => (level <= row.level ? [group] : [])),
    )
  }
  prove('a ninth level', (await certify(admin, licenseId)).status).equals(400)
  const [second] = recordsAround(levels[0] as CoachLevel)
  await giveRecord(sql, { licenseId, userId: coach.id }, { ...second, birth: null, level: 1 })
  const ageless = namesOfGaps(await certify(admin, licenseId))
  prove('missing for a coach of unknown age', ageless).equals(['min_age'])
  prove('he waits for a decision', await isReady(admin, licenseId)).equals(false)
  prove(
    'records that wait and lack something, or wait not and lack nothing',
    shownWrongly,
  ).isEmpty()
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
    gaps: 5,
    actor_id: admin.id,
    after: { current_level: 2, reason: 'licensed abroad', is_override: true },
  })
})

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
  {
    level,
    xp,
    sessions,
    theory,
    practice,
    teaching,
    birth,
  }: CoachRecord & { readonly level: number },
): Promise<void> {
  await sql.run(
    `update coach_licenses set current_level = $2, theory_hours = $3, practice_hours = $4,
       teaching_hours = $5 where id = $1`,
    [licenseId, level, theory, practice, teaching],
  )
  await sql.run(
    `update specialization_progress set total_xp = $2, completed_sessions = $3
     where student_id = $1 and specialization_id = 'COACH'`,
    [userId, xp, sessions],
  )
  await sql.run('update users set date_of_birth = $2 where id = $1', [userId, birth])
}

/** Exactly what a level takes, and each of it just short: one XP, an hour, a percent, a day of age. */
function recordsAround(level: CoachLevel): readonly [CoachRecord, CoachRecord] {
  const { xp, sessions, theory, practice, teaching, age, examPercent } = level
  const birth = youngestAt(age)
  const dayLater = dayOf(Date.parse(birth) + 86_400_000)
  return [
    { xp, sessions, theory, practice, teaching, birth, examPercent, firstAid: true },
    {
      xp: xp - 1,
      sessions: sessions - 1,
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
