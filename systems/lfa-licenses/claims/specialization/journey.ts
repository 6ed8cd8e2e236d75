import { claim } from 'etalon'
import { monthsAfter } from '../calendar.ts'
import { buyCredits } from '../credit.ts'
import { issueLicense, placeOf } from '../license.ts'
import { personOf } from '../person.ts'
import { askPromotion, gapsOf, namesOfGaps, trainCoach } from '../promotion-request.ts'
import { enrollIn, planSeason } from '../season.ts'
import { randomSkills } from '../skill.ts'

const api = '/api/v1'

claim('LFA-T-11', async ({ system, random, prove }) => {
  const admin = await personOf(system, 'admin:academy')
  const instructor = await personOf(system, 'instructor:football')
  const holder = await personOf(system, 'student:player')
  const specialization = 'LFA_PLAYER'
  const { path } = placeOf[specialization]
  const season = await planSeason(admin, random, {
    specialization,
    instructor,
    sessions: 5,
    costCredits: 500,
  })
  const licenseId = await issueLicense(holder, specialization)
  const enrollmentId = await enrollIn(season, { holder, licenseId, admin })
  const enrollment = `${api}/enrollments/${enrollmentId}`
  const attend = (session_id: number | undefined, status: string) =>
    instructor.post(`${api}/attendance`, { session_id, user_id: holder.id, status })
  const unpaid = await attend(season.sessionIds[0], 'PRESENT')
  prove('attending before paying', unpaid.status).equals(409)

  await buyCredits({ holder, admin }, specialization, 500)
  const spend = { enrollment_id: enrollmentId, amount: 500 }
  const paid = await holder
    .post<{ credit_balance: number }>(`${path}/credits/spend`, spend)
    .expect(201)
  prove('credits left after paying', paid.body.credit_balance).equals(0)
  const missed = random.pick(season.sessionIds)
  for (const id of season.sessionIds)
    await attend(id, id === missed ? 'ABSENT' : 'PRESENT').expect(201)

  const early = await instructor.post(`${enrollment}/graduate`)
  prove('graduating before the end and unassessed', early.status).equals(400)
  prove('what was missing', namesOfGaps(early)).equals(['semester', 'skill_assessments'])
  const { skills, overall } = randomSkills(random)
  const assessed = await instructor.put(`${path}/licenses/${licenseId}/skills`, skills).expect(200)
  prove('skills of the licence', assessed.body).holds({ ...skills, overall_avg: overall })
  await admin.patch(`${api}/semesters/${season.semesterId}`, { status: 'COMPLETED' }).expect(200)

  const { body } = await instructor.post<{ code: string }>(`${enrollment}/graduate`).expect(200)
  const checked = await system.anonymous.get<object>(`${api}/verify/${body.code}`).expect(200)
  const { issued_at: issuedAt, ...shown } = checked.body as Record<string, unknown>
  prove('what a stranger is shown', shown).equals({
    status: 'valid',
    code: body.code,
    specialization_type: specialization,
    holder_name: 'student:player',
    semester_name: season.name,
    level: null,
    overall_avg: overall,
    attendance_percent: 80,
    revoked_at: null,
    revocation_reason: null,
  })
  prove('minutes since the issue', (Date.now() - Date.parse(String(issuedAt))) / 60_000).isBetween(
    0,
    1,
  )
  const own = await holder.get(`${api}/licenses/${licenseId}/certificate`).expect(200)
  prove("the licence's certificate", own.body).holds({
    code: body.code,
    enrollment_id: enrollmentId,
  })
  const invented = body.code.replaceAll(/[A-M]/g, 'Z')
  const unknown = await system.anonymous.get(`${api}/verify/${invented}`)
  prove('an invented certificate', unknown.status).equals(404)
  const ended = await holder.get(enrollment).expect(200)
  prove('the enrolment', ended.body).holds({ status: 'GRADUATED', payment_verified: true })
  const twice = await instructor.post(`${enrollment}/graduate`)
  prove('graduating a second time', twice.status).equals(409)
})

claim('LFA-T-12', async ({ system, random, prove }) => {
  const admin = await personOf(system, 'admin:academy')
  const instructor = await personOf(system, 'instructor:belts')
  const holder = await personOf(system, 'student:fighter')
  const season = await planSeason(admin, random, { specialization: 'GANCUJU', instructor })
  const licenseId = await issueLicense(holder, 'GANCUJU')
  await enrollIn(season, { holder, licenseId, admin })
  const license = `${api}/gancuju/licenses/${licenseId}`
  const shown = async (): Promise<Record<string, unknown>> =>
    (await holder.get<Record<string, unknown>>(`${license}/stats`).expect(200)).body
  prove('the new licence', await shown()).holds({
    current_level: 1,
    belt: 'Bamboo Disciple',
    win_rate: 0,
  })

  const of = { specialization: 'GANCUJU', licenseId } as const
  const beginner = await askPromotion(instructor, of)
  prove('promotion without a competition', beginner.status).equals(400)
  for (const won of random.shuffle([true, true, true, false])) {
    await instructor.post(`${api}/gancuju/competitions`, { license_id: licenseId, won }).expect(200)
  }
  prove('record after 4 competitions, 3 won', await shown()).holds({
    competitions_entered: 4,
    competitions_won: 3,
    win_rate: 75,
    current_level: 1,
    eligible_level: 4,
  })
  for (const level of [2, 3, 4]) {
    const { body } = await askPromotion<{ license: unknown }>(instructor, of).expect(200)
    prove(`level after promotion ${level - 1}`, body.license).holds({ current_level: level })
  }
  const untaught = await askPromotion(instructor, of)
  prove('promotion to level 5 without teaching', untaught.status).equals(400)
  prove('what was missing', gapsOf(untaught)).equals([
    { requirement: 'teaching_hours', needed: 20, actual: 0 },
  ])
  for (const hours of [12, 13]) {
    await instructor
      .post(`${api}/gancuju/teaching-hours`, { license_id: licenseId, hours })
      .expect(200)
  }
  await askPromotion(instructor, of).expect(200)
  prove('the licence at the end', await shown()).holds({
    current_level: 5,
    max_achieved_level: 5,
    belt: 'Strong Root',
    win_rate: 75,
    teaching_hours: 25,
  })
  const higher = await askPromotion(instructor, of)
  prove('promotion to level 6 with the same record', higher.status).equals(400)
  const { body: path } = await holder
    .get<{ from_level: number; to_level: number; advanced_by: number }[]>(
      `${api}/licenses/${licenseId}/progressions`,
    )
    .expect(200)
  prove(
    'the way up',
    path.map(({ from_level, to_level, advanced_by }) => [from_level, to_level, advanced_by]),
  ).equals([1, 2, 3, 4].map((level) => [level, level + 1, instructor.id]))
})

interface Intern {
  readonly created_at: string
  readonly expires_at: string
  readonly current_level: number
}

claim('LFA-T-13', async ({ system, sql, prove }) => {
  const admin = await personOf(system, 'admin:academy')
  const holder = await personOf(system, 'student:intern')
  const licenseId = await issueLicense(holder, 'INTERNSHIP')
  const license = `${api}/internship/licenses/${licenseId}`
  const shown = async (): Promise<Intern> =>
    (await holder.get<Intern>(`${api}/internship/licenses/me`).expect(200)).body

  const grants = [
    { gained: 500, total: 500, level: 1, levels: 0 },
    { gained: 1_500, total: 2_000, level: 2, levels: 1 },
    { gained: 8_000, total: 10_000, level: 6, levels: 4 },
  ]
  for (const { gained, total, level, levels } of grants) {
    const grant = { license_id: licenseId, xp_gained: gained, source: 'PROJECT' }
    const { body } = await admin.post(`${api}/internship/xp`, grant).expect(200)
    prove(`the answer at ${total} XP`, body).holds({
      total_xp: total,
      new_level: level,
      levels_gained: levels,
    })
    prove(`level at ${total} XP`, (await shown()).current_level).equals(level)
  }
  const { body: path } = await holder
    .get<{ from_level: number; to_level: number }[]>(`${api}/licenses/${licenseId}/progressions`)
    .expect(200)
  const steps = path.map(({ from_level, to_level }) => [from_level, to_level])
  prove('changes of level', steps).equals([
    [1, 2],
    [2, 6],
  ])

  const issued = await shown()
  const first = await monthsAfter(sql, issued.created_at, 15)
  prove('expiry of the new licence', issued.expires_at).equals(first)
  const expiry = await holder.get(`${license}/expiry`).expect(200)
  const daysRemaining = Math.ceil((Date.parse(first) - Date.now()) / 86_400_000)
  prove('the tracked expiry', expiry.body).holds({
    expires_at: first,
    status: 'active',
    is_active: true,
    days_remaining: daysRemaining,
  })

  const poor = await holder.post(`${license}/renew`)
  prove('renewing without credits', poor.status).equals(400)
  prove('expiry after that', (await shown()).expires_at).equals(first)
  await buyCredits({ holder, admin }, 'INTERNSHIP', 1_500)
  await holder.post(`${license}/renew`).expect(200)
  prove('expiry after renewal', (await shown()).expires_at).equals(
    await monthsAfter(sql, first, 15),
  )
  const ledger = await holder
    .get<{ items: { type: string; amount: number }[] }>(`${api}/internship/credits/transactions`)
    .expect(200)
  const booked = ledger.body.items.map(({ type, amount }) => [type, amount])
  prove('the ledger', booked).equals([
    ['RENEWAL', -1_000],
    ['PURCHASE', 1_500],
  ])
  const balance = await holder.get(`${api}/internship/credits/balance`).expect(200)
  prove('credits left', balance.body).holds({ credit_balance: 500 })
})

claim('LFA-T-14', async ({ system, sql, prove }) => {
  const admin = await personOf(system, 'admin:academy')
  const holder = await personOf(system, 'student:coach')
  const licenseId = await issueLicense(holder, 'COACH')
  const of = { specialization: 'COACH', licenseId } as const
  const license = `${api}/coach/licenses/${licenseId}`
  const examination = { exam_score_percent: 70, first_aid_certificate: true }
  const credit = async (kind: string, hours: number): Promise<void> => {
    await admin.post(`${api}/coach/${kind}-hours`, { license_id: licenseId, hours }).expect(200)
  }
  const refuse = async (what: string, gaps: readonly unknown[]): Promise<void> => {
    const answer = await askPromotion(admin, of, examination)
    prove(`level 2 ${what}`, answer.status).equals(400)
    prove(`what is missing ${what}`, gapsOf(answer)).equals(gaps as never)
  }
  const theory = { requirement: 'theory_hours', needed: 70 }
  const practice = { requirement: 'practice_hours', needed: 110 }
  const teaching = { requirement: 'teaching_hours', needed: 50 }
  const xp = { requirement: 'total_xp', needed: 35_000 }
  const sessions = { requirement: 'sessions', needed: 18 }

  await credit('theory', 50)
  await credit('practice', 40)
  await refuse('with 50 theory and 40 practice hours', [
    { ...xp, actual: 0 },
    { ...sessions, actual: 0 },
    { ...theory, actual: 50 },
    { ...practice, actual: 40 },
    { ...teaching, actual: 0 },
  ])
  await credit('theory', 19)
  await credit('practice', 69)
  await credit('teaching', 49)
  await trainCoach(admin, holder.id, { xp: 34_999, sessions: 17 })
  await refuse('with one of each missing', [
    { ...xp, actual: 34_999 },
    { ...sessions, actual: 17 },
    { ...theory, actual: 69 },
    { ...practice, actual: 109 },
    { ...teaching, actual: 49 },
  ])
  for (const kind of ['theory', 'practice', 'teaching']) await credit(kind, 1)
  await trainCoach(admin, holder.id, { xp: 1, sessions: 1 })
  const failed = await askPromotion(admin, of, { ...examination, exam_score_percent: 69 })
  prove('level 2 with 69 % in the examination', failed.status).equals(400)
  await askPromotion(admin, of, examination).expect(200)
  const stats = await holder.get(`${license}/stats`).expect(200)
  prove('the certified coach', stats.body).holds({
    current_level: 2,
    max_achieved_level: 2,
    certification: 'PRE_HEAD',
    theory_hours: 70,
    practice_hours: 110,
    teaching_hours: 50,
  })

  const issued = await holder.get<Intern>(`${api}/coach/licenses/me`).expect(200)
  const first = await monthsAfter(sql, issued.body.created_at, 24)
  const expiry = await holder.get(`${license}/expiry`).expect(200)
  prove('the tracked expiry', expiry.body).holds({ expires_at: first, status: 'active' })
  const renewed = await holder.post(`${license}/renew`).expect(200)
  prove('the renewed licence', renewed.body).holds({
    expires_at: await monthsAfter(sql, first, 24),
    is_active: true,
    is_expired: false,
    current_level: 2,
  })
})
