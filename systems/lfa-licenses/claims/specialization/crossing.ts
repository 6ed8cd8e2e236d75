import { claim } from 'etalon'
import { openAcademy, takeIn } from '../academy.ts'
import { buyCredits } from '../credit.ts'
import { issueAll, issueLicense, placeOf, specializations } from '../license.ts'
import { changedBetween, licenseState } from '../license-state.ts'
import { personOf } from '../person.ts'
import { enrollIn, sessionHours } from '../season.ts'

claim(['LFA-T-01', 'LFA-R-01'], async ({ system, sql, random, prove }) => {
  const holder = await personOf(system, 'student:four')
  for (const name of random.shuffle(specializations)) {
    await holder.post(`${placeOf[name].path}/licenses`).expect(201)
  }
  const { body } = await holder
    .get<{ items: { specialization_type: string; license_id: number }[] }>(
      '/api/v1/licenses/unified',
    )
    .expect(200)
  const held = body.items.map((item) => item.specialization_type).sort()
  prove('specializations in the unified list', held).equals([...specializations].sort())
  const ids = new Set(body.items.map((item) => item.license_id))
  prove('different licence ids', ids.size).equals(4)
  for (const name of specializations) {
    const path = `${placeOf[name].path}/licenses/me`
    const own = await holder.get(path)
    prove(`the own ${name} licence`, own.body).holds({ user_id: holder.id, is_active: true })
    const rows = await sql.value<number>(
      `select count(*) from ${placeOf[name].licenses} where user_id = $1 and is_active`,
      [holder.id],
    )
    prove(`active rows in ${placeOf[name].licenses}`, rows).equals(1)
  }
})

claim('LFA-T-02', async ({ system, sql, random, prove }) => {
  const academy = await openAcademy(system, random, 'attended')
  const { instructor, seasons } = academy
  const student = await takeIn(system, academy, 'student:attends')
  const bystander = await takeIn(system, academy, 'student:stays-away')
  const { holder, licenseIds } = student
  const away = await licenseState(sql, bystander.holder.id)

  for (const name of random.shuffle(specializations)) {
    const before = await licenseState(sql, holder.id)
    const marked = await instructor
      .post<{ license_id: number }>('/api/v1/attendance', {
        session_id: seasons[name].sessionIds[0],
        user_id: holder.id,
        status: 'PRESENT',
        instructor_rating: 4,
      })
      .expect(201)
    const changed = changedBetween(before, await licenseState(sql, holder.id))
    prove(`licences changed by a ${name} session`, changed).equals([name])
    prove('licence named in the answer', marked.body.license_id).equals(licenseIds[name])
  }
  const after = await licenseState(sql, bystander.holder.id)
  prove("a classmate's licences changed", changedBetween(away, after)).isEmpty()

  const earned = await sql.one(
    `select i.total_xp, i.sessions_completed, g.sessions_attended, c.theory_hours,
       c.practice_hours, c.teaching_hours, (select sum(amount) from xp_transactions
         where lfa_player_license_id = p.id) as player_xp
     from lfa_player_licenses p join gancuju_licenses g using (user_id)
     join internship_licenses i using (user_id) join coach_licenses c using (user_id)
     where user_id = $1`,
    [holder.id],
  )
  prove('what one session gave in each specialization', earned).equals({
    total_xp: 90,
    sessions_completed: 1,
    sessions_attended: 1,
    theory_hours: sessionHours.theory,
    practice_hours: sessionHours.practice,
    teaching_hours: 0,
    player_xp: 90,
  })
})

claim('LFA-T-03', async ({ system, sql, random, prove }) => {
  const { admin, seasons } = await openAcademy(system, random, 'enrols')
  const holder = await personOf(system, 'student:enrols')
  const licenseIds = await issueAll(holder)
  for (const name of random.shuffle(specializations)) {
    await enrollIn(seasons[name], { holder, licenseId: licenseIds[name], admin })
  }

  const { body } = await holder
    .get<{ items: { specialization_type: string }[] }>('/api/v1/enrollments')
    .expect(200)
  for (const name of specializations) {
    const found = body.items.filter((item) => item.specialization_type === name)
    prove(`${name} enrolments in the list`, found.length).equals(1)
    prove(`the ${name} enrolment`, found[0]).holds({
      license_id: licenseIds[name],
      semester_id: seasons[name].semesterId,
      status: 'ENROLLED',
      is_active: true,
    })
    const { enrollments } = placeOf[name]
    const rows = await sql.value<number>(
      `select count(*) from ${enrollments} where license_id = $1 and is_active`,
      [licenseIds[name]],
    )
    prove(`active rows in ${enrollments}`, rows).equals(1)
  }

  for (const name of ['LFA_PLAYER', 'GANCUJU', 'INTERNSHIP'] as const) {
    const other = random.pick(specializations.filter((one) => one !== name))
    const body = { semester_id: seasons[other].semesterId, license_id: licenseIds[name] }
    const refused = await holder.post(`${placeOf[name].path}/enrollments`, body)
    prove(`a ${name} licence enrolling in a ${other} semester`, refused.status).equals(400)
  }
  const rows = await sql.value<number>('select count(*) from v_enrollments where user_id = $1', [
    holder.id,
  ])
  prove('enrolments and assignments in all', rows).equals(4)
})

claim('LFA-T-04', async ({ system, sql, random, prove }) => {
  const price = 400
  const { admin, seasons } = await openAcademy(system, random, 'pays', { costCredits: price })
  const directions = [
    ['INTERNSHIP', 'LFA_PLAYER'],
    ['LFA_PLAYER', 'INTERNSHIP'],
  ] as const
  for (const [rich, poor] of directions) {
    const holder = await personOf(system, `student:rich-in-${rich}`)
    const enrollmentIds = { LFA_PLAYER: 0, INTERNSHIP: 0 }
    for (const name of [rich, poor]) {
      const licenseId = await issueLicense(holder, name)
      enrollmentIds[name] = await enrollIn(seasons[name], { holder, licenseId, admin })
    }
    await buyCredits({ holder, admin }, rich, 2 * price)
    const balances = (): Promise<unknown> =>
      sql.one(
        `select r.credit_balance as rich, p.credit_balance as poor, e.payment_verified as paid
         from ${placeOf[rich].licenses} r join ${placeOf[poor].licenses} p using (user_id)
         join ${placeOf[poor].enrollments} e on e.license_id = p.id where user_id = $1`,
        [holder.id],
      )
    const untouched = { rich: 2 * price, poor: 0, paid: false }
    prove(`balances after buying for ${rich}`, await balances()).equals(untouched)

    const spend = { enrollment_id: enrollmentIds[poor], amount: price }
    const crossed = await holder.post(`${placeOf[rich].path}/credits/spend`, spend)
    prove(`a ${poor} enrolment paid with ${rich} credits`, crossed.status).equals(400)
    const empty = await holder.post(`${placeOf[poor].path}/credits/spend`, spend)
    prove(`a ${poor} enrolment paid without ${poor} credits`, empty.status).equals(400)
    prove(`balances after both`, await balances()).equals(untouched)

    await holder
      .post(`${placeOf[rich].path}/credits/spend`, { ...spend, enrollment_id: enrollmentIds[rich] })
      .expect(201)
    const paid = { rich: price, poor: 0, paid: false }
    prove(`balances after paying for ${rich} itself`, await balances()).equals(paid)
  }
})

claim('LFA-T-05', async ({ system, sql, random, prove }) => {
  const academy = await openAcademy(system, random, 'earns', { sessionType: 'HYBRID' })
  const { instructor, seasons } = academy
  const { holder, licenseIds } = await takeIn(system, academy, 'student:earns')
  const rating = random.integer(0, 5)
  const attended = { user_id: holder.id, status: 'PRESENT', instructor_rating: rating }
  await instructor
    .post('/api/v1/attendance', {
      ...attended,
      session_id: seasons.INTERNSHIP.sessionIds[0],
      quiz_score_percent: 90,
    })
    .expect(201)
  const given: Record<string, number> = { ATTENDANCE: 50 + 10 * rating + 150 }
  let sum = given['ATTENDANCE'] as number
  for (const source of random.shuffle([
    'QUIZ',
    'PROJECT',
    'COMPETITION',
    'ACHIEVEMENT',
    'MANUAL',
  ])) {
    const amount = random.integer(1, 400)
    const { body } = await instructor
      .post<{ total_xp: number }>('/api/v1/internship/xp', {
        license_id: licenseIds.INTERNSHIP,
        xp_gained: amount,
        source,
      })
      .expect(200)
    given[source] = amount
    sum += amount
    prove(`XP after a grant from ${source}`, body.total_xp).equals(sum)
  }
  const unknown = await instructor.post('/api/v1/internship/xp', {
    license_id: licenseIds.INTERNSHIP,
    xp_gained: 10,
    source: 'GIFT',
  })
  prove('a grant from no known source', unknown.status).equals(422)

  const ledger = await sql.rows<{ source: string; amount: number; balance_after: number }>(
    `select source, amount, balance_after from xp_transactions
     where internship_license_id = $1 order by id`,
    [licenseIds.INTERNSHIP],
  )
  const booked = Object.fromEntries(ledger.map(({ source, amount }) => [source, amount]))
  prove('XP booked by source', booked).equals(given)
  prove('balance of the last ledger row', ledger.at(-1)?.balance_after ?? 0).equals(sum)
  const total = `select total_xp from internship_licenses where id = $1`
  const xp = await sql.value<number>(total, [licenseIds.INTERNSHIP])
  prove('XP of the licence', xp).equals(sum)

  // A player's attendance is XP of the player, and joins it only in the user's own sum.
  const session = { ...attended, session_id: seasons.LFA_PLAYER.sessionIds[0] }
  await instructor.post('/api/v1/attendance', session).expect(201)
  const after = await sql.value<number>(total, [licenseIds.INTERNSHIP])
  prove('XP of the internship after a player session', after).equals(sum)
  const balance = await holder.get<{ xp_balance: number }>('/api/v1/users/me').expect(200)
  prove('XP of the user', balance.body.xp_balance).equals(sum + 50 + 10 * rating)
})

claim('LFA-T-06', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:levels')
  const holder = await personOf(system, 'student:levels')
  const licenseIds = await issueAll(holder)
  const levels = (): Promise<Record<string, number>> =>
    sql.one(
      `select g.current_level as "GANCUJU", i.current_level as "INTERNSHIP",
         c.current_level as "COACH"
       from gancuju_licenses g join internship_licenses i using (user_id)
       join coach_licenses c using (user_id) where user_id = $1`,
      [holder.id],
    )
  const raise = {
    INTERNSHIP: () =>
      admin
        .post('/api/v1/internship/xp', { license_id: licenseIds.INTERNSHIP, xp_gained: 1_000 })
        .expect(200),
    GANCUJU: async () => {
      const won = { license_id: licenseIds.GANCUJU, won: true }
      await admin.post('/api/v1/gancuju/competitions', won).expect(200)
      await admin.post(`/api/v1/gancuju/licenses/${licenseIds.GANCUJU}/promote`).expect(200)
    },
    COACH: () =>
      admin
        .post(`/api/v1/coach/licenses/${licenseIds.COACH}/promote`, {
          exam_score_percent: 90,
          first_aid_certificate: true,
          override_reason: 'licence of another federation',
        })
        .expect(200),
  }
  const expected: Record<string, number> = { GANCUJU: 1, INTERNSHIP: 1, COACH: 1 }
  for (const name of random.shuffle(['GANCUJU', 'INTERNSHIP', 'COACH'] as const)) {
    const before = await licenseState(sql, holder.id)
    await raise[name]()
    expected[name] = 2
    prove(`levels after raising ${name}`, await levels()).equals(expected)
    const changed = changedBetween(before, await licenseState(sql, holder.id))
    prove(`licences changed by raising ${name}`, changed).equals([name])
  }
})
