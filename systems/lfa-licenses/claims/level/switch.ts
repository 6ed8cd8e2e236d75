import { claim, type ClaimContext, type Sql, type SystemHandle } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { issueLicense } from '../license.ts'
import { personOf, type Person } from '../person.ts'
import { askPromotion, gapsOf, isReady, namesOfGaps, trainCoach } from '../promotion-request.ts'
import { enrollPaid, planSeason } from '../season.ts'

/** An examination that is passed with full marks. */
const passed = { exam_score_percent: 100, first_aid_certificate: true } as const

claim(
  ['LFA-D-11', 'LFA-LVL-10', 'LFA-D-12'],
  { timeoutMs: 120_000 },
  async ({ system, random, prove }) => {
    const usual = await candidates(system)
    await trainCoach(usual.admin, usual.coach.holder.id, { xp: 35_000, sessions: 1 })
    const closed = await promoteEither(usual.admin, usual.coach)
    prove('coach without hours, gate on', [closed.status, ...namesOfGaps(closed)]).equals([
      400,
      'theory_hours',
      'practice_hours',
    ])
    const renamed = await withCoachesRenamed(system.sql, () =>
      promoteEither(usual.admin, usual.coach),
    )
    prove('the same, the specialization under another id', renamed.status).equals(400)
    const promoted = await promoteEither(usual.admin, usual.fighter)
    prove('fighter without sessions, switch off', promoted.status).equals(200)

    const otherwise = await system.another({
      COACH_REQUIRE_HOURS: 'false',
      COACH_REQUIRE_XP: 'false',
      GANCUJU_REQUIRE_SESSIONS: 'true',
      GANCUJU_REQUIRE_DAYS_IN_LEVEL: 'true',
    })
    const turned = await candidates(otherwise)
    await proveCoachSessions(prove, turned)
    await proveBelts(otherwise, { random, prove, ...turned })
  },
)

async function proveCoachSessions(
  prove: ClaimContext['prove'],
  { admin, coach }: Candidates,
): Promise<void> {
  const short = await promoteEither(admin, coach)
  const missing = gapsOf(short).map(({ needed, actual }) => `${actual} of ${needed}`)
  prove('COACH, hours and XP off, one session short', missing).equals(['17 of 18'])
  await trainCoach(admin, coach.holder.id, { sessions: 1 })
  const enough = await promoteEither(admin, coach)
  prove('COACH, hours and XP off, with 18 sessions', enough.status).equals(200)
}

/** Sessions and days of each belt, as the specification's table has them. */
const belts = [
  { level: 2, sessions: 5, days: 30 },
  { level: 3, sessions: 15, days: 60 },
  { level: 4, sessions: 30, days: 90 },
  { level: 5, sessions: 50, days: 120 },
  { level: 6, sessions: 75, days: 180 },
  { level: 7, sessions: 100, days: 270 },
  { level: 8, sessions: 150, days: 365 },
] as const

/** With both switches on, each belt takes its sessions and its days in the level before it. */
async function proveBelts(
  system: SystemHandle,
  { admin, fighter, random, prove }: Candidates & Pick<ClaimContext, 'random' | 'prove'>,
): Promise<void> {
  const { sql } = system
  const { holder, licenseId } = fighter
  const [first] = belts
  const instructor = await personOf(system, 'instructor')
  const plan = { specialization: 'GANCUJU', instructor, sessions: first.sessions } as const
  const season = await planSeason(admin, random, plan)
  await enrollPaid(season, { holder, licenseId, admin })
  const attend = async (session_id: number | undefined): Promise<void> => {
    const mark = { session_id, user_id: holder.id, status: 'PRESENT' }
    await instructor.post('/api/v1/attendance', mark).expect(201)
  }
  for (const session of season.sessionIds.slice(1)) await attend(session)
  const young = await promoteEither(admin, fighter)
  prove('GANCUJU, sessions and days on, one session and all days short', gapsOf(young)).equals([
    { requirement: 'sessions_attended', needed: first.sessions, actual: first.sessions - 1 },
    { requirement: 'days_in_level', needed: first.days, actual: 0 },
  ])
  await attend(season.sessionIds[0])

  await sql.run(
    `update gancuju_licenses set competitions_entered = 30, competitions_won = 30,
       teaching_hours = 200 where id = $1`,
    [licenseId],
  )
  const wait = (days: number, seconds: number): Promise<unknown> =>
    sql.run(
      `update gancuju_licenses
       set last_advanced_at = now() - make_interval(days => $2, secs => $3) where id = $1`,
      [licenseId, days, seconds],
    )
  const attended = (sessions: number): Promise<unknown> =>
    sql.run('update gancuju_licenses set sessions_attended = $2 where id = $1', [
      licenseId,
      sessions,
    ])
  const found: unknown[] = []
  const expected: unknown[] = []
  for (const { level, sessions, days } of belts) {
    if (level > first.level) await attended(sessions - 1)
    await wait(days, 0)
    if (level > first.level) {
      found.push([level, await isReady(admin, licenseId), ...(await lacks(admin, fighter))])
      expected.push([level, false, 'sessions_attended'])
    }
    await attended(sessions)
    await wait(days, -60)
    found.push([level, await isReady(admin, licenseId), ...(await lacks(admin, fighter))])
    await wait(days, 0)
    found.push([level, await isReady(admin, licenseId), ...(await lacks(admin, fighter))])
    if (level === 8)
      await promoteEither(await personOf(system, 'admin:second'), fighter).expect(200)
    expected.push([level, false, 'days_in_level'], [level, true])
  }
  prove('each belt with a session, then a minute, then nothing missing', found).equals(expected)
  const level = 'select current_level from gancuju_licenses where id = $1'
  prove('the belt in the end', await sql.value<number>(level, [licenseId])).equals(8)
}

async function lacks(admin: Person, candidate: Candidate): Promise<string[]> {
  return namesOfGaps(await promoteEither(admin, candidate))
}

interface Candidates {
  readonly admin: Person
  readonly coach: Candidate
  readonly fighter: Candidate
}

interface Candidate {
  readonly specialization: 'GANCUJU' | 'COACH'
  readonly holder: Person
  readonly licenseId: number
}

/** A coach with teaching hours and 17 sessions, and a fighter with a win only. */
async function candidates(system: SystemHandle): Promise<Candidates> {
  const admin = await personOf(system, 'admin')
  const holder = await personOf(system, 'student:candidate')
  const coach = await issueLicense(holder, 'COACH')
  const hours = { license_id: coach, hours: 50 }
  await admin.post('/api/v1/coach/teaching-hours', hours).expect(200)
  await trainCoach(admin, holder.id, { sessions: 17 })
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
