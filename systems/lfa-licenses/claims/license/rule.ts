import { claim } from 'etalon'
import { buyCredits } from '../credit.ts'
import { answerTo, refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { issueAll, issueLicense, placeOf, specializations } from '../license.ts'
import { personOf } from '../person.ts'
import { enrollIn, planSeason } from '../season.ts'
import { randomSkills, skillNames } from '../skill.ts'

const insertOf = {
  LFA_PLAYER: `insert into lfa_player_licenses (user_id, age_group) values ($1, 'AMATEUR')`,
  GANCUJU: 'insert into gancuju_licenses (user_id) values ($1)',
  INTERNSHIP: 'insert into internship_licenses (user_id, expires_at) values ($1, now())',
  COACH: 'insert into coach_licenses (user_id, expires_at) values ($1, now())',
} as const

claim('LFA-R-02', async ({ system, sql, prove }) => {
  const admin = await personOf(system, 'admin:issues')
  const holder = await personOf(system, 'student:twice')
  await issueAll(holder)
  const app = system.sqlAs('app')
  for (const name of specializations) {
    const { path, licenses } = placeOf[name]
    const again = await holder.post<{ error?: { code: string } }>(`${path}/licenses`)
    prove(`a second ${name} licence`, again.status).equals(409)
    prove('the reason given', again.body.error?.code).equals('LFA_LICENSE_EXISTS')
    const forHim = await admin.post(`${path}/licenses`, { user_id: holder.id })
    prove(`a second ${name} licence by an admin`, forHim.status).equals(409)
    for (const [role, by] of [
      ['service', app],
      ['superuser', sql],
    ] as const) {
      const answer = await answerTo(by, insertOf[name], [holder.id])
      prove(`SQLSTATE when the ${role} inserts a second row`, answer).equals(refusals.unique)
    }
    const rows = await sql.value<number>(`select count(*) from ${licenses} where user_id = $1`, [
      holder.id,
    ])
    prove(`rows in ${licenses}`, rows).equals(1)

    // The rule is about active licences: where the first has ended, another may follow.
    await sql.run(`update ${licenses} set is_active = false where user_id = $1`, [holder.id])
    await holder.post(`${path}/licenses`).expect(201)
    const active = await sql.rows(
      `select is_active from ${licenses} where user_id = $1 order by id`,
      [holder.id],
    )
    prove(`an ended and a new ${name} licence`, active).equals([
      { is_active: false },
      { is_active: true },
    ])
  }
})

claim('LFA-R-12', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:grants')
  const holder = await personOf(system, 'student:grants')
  const ids = await issueAll(holder)
  const season = await planSeason(admin, random, {
    specialization: 'INTERNSHIP',
    instructor: admin,
  })
  const enrollment_id = await enrollIn(season, { holder, licenseId: ids.INTERNSHIP, admin })
  await buyCredits({ holder, admin }, 'INTERNSHIP', 100)
  const doors = [
    ['XP', admin, 'internship/xp', 'xp_gained', { license_id: ids.INTERNSHIP }],
    ['GānCuju hours', admin, 'gancuju/teaching-hours', 'hours', { license_id: ids.GANCUJU }],
    ['theory hours', admin, 'coach/theory-hours', 'hours', { license_id: ids.COACH }],
    ['practice hours', admin, 'coach/practice-hours', 'hours', { license_id: ids.COACH }],
    ['teaching hours', admin, 'coach/teaching-hours', 'hours', { license_id: ids.COACH }],
    ['a player purchase', holder, 'lfa-player/credits/purchase', 'amount', {}],
    ['an internship purchase', holder, 'internship/credits/purchase', 'amount', {}],
    ['a spend', holder, 'internship/credits/spend', 'amount', { enrollment_id }],
  ] as const
  const totals = (): Promise<unknown> => sql.one(totalsQuery, [holder.id])
  const before = await totals()
  for (const [what, by, path, field, rest] of doors) {
    const wrong = [0, -1, -random.integer(2, 100_000), 0.5, 1.000_1, '5', null, true, [5]]
    for (const amount of [...wrong, undefined]) {
      const answer = await by.post(`/api/v1/${path}`, { ...rest, [field]: amount })
      prove(`${what} of ${JSON.stringify(amount)}`, answer.status).equals(422)
    }
  }
  prove('totals after all refusals', await totals()).equals(before)
  for (const [what, by, path, field, rest] of doors) {
    const answer = await by.post(`/api/v1/${path}`, { ...rest, [field]: 1 })
    prove(`${what} of 1`, answer.status).isBetween(200, 201)
  }

  const below: Attempt[] = [
    ['users', 'xp_balance', holder.id],
    ['lfa_player_licenses', 'credit_balance', ids.LFA_PLAYER],
    ['gancuju_licenses', 'teaching_hours', ids.GANCUJU],
    ['gancuju_licenses', 'sessions_attended', ids.GANCUJU],
    ['internship_licenses', 'total_xp', ids.INTERNSHIP],
    ['internship_licenses', 'credit_balance', ids.INTERNSHIP],
    ['internship_licenses', 'sessions_completed', ids.INTERNSHIP],
    ['coach_licenses', 'theory_hours', ids.COACH],
    ['coach_licenses', 'practice_hours', ids.COACH],
    ['coach_licenses', 'teaching_hours', ids.COACH],
  ].map(([table, column, id]) => [
    `${table}.${column}`,
    // The trigger finds no level for so few XP, before the check of the column is reached.
    column === 'total_xp' ? refusals.notNull : refusals.check,
    `update ${table} set ${column} = -1 where id = $1`,
    id,
  ])
  prove('totals that the database lets fall to -1', await wronglyAnswered(sql, below)).isEmpty()
  const toZero = below.map(([what, , text, id]): Attempt => [
    what,
    'accepted',
    text.replace('-1', '0'),
    id,
  ])
  prove('totals that the database does not take as 0', await wronglyAnswered(sql, toZero)).isEmpty()
})

const totalsQuery = `
  select u.xp_balance, p.credit_balance as player, i.credit_balance as internship, i.total_xp,
    g.teaching_hours as taught, c.theory_hours, c.practice_hours, c.teaching_hours,
    (select count(*) from lfa_player_credit_transactions where license_id = p.id) as purchases,
    (select count(*) from internship_credit_transactions where license_id = i.id) as booked
  from users u join lfa_player_licenses p on p.user_id = u.id
  join gancuju_licenses g on g.user_id = u.id join internship_licenses i on i.user_id = u.id
  join coach_licenses c on c.user_id = u.id where u.id = $1`

claim('LFA-R-13', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:assesses')
  const holder = await personOf(system, 'student:skilled')
  const licenseId = await issueLicense(holder, 'LFA_PLAYER')
  const path = `/api/v1/lfa-player/licenses/${licenseId}/skills`
  const kept = (): Promise<Record<string, unknown>> =>
    sql.one(`select ${skillNames.join(', ')}, overall_avg from lfa_player_licenses where id = $1`, [
      licenseId,
    ])
  const example = [75.5, 80, 72, 85, 70, 78]
  const given = Object.fromEntries(skillNames.map((name, at) => [name, example[at]]))
  const assessed = await admin.put(path, given).expect(200)
  prove('the example in the answer', assessed.body).holds({ ...given, overall_avg: 76.75 })
  prove('the example in the table', await kept()).equals({ ...given, overall_avg: 76.75 })
  for (let draw = 0; draw < 5; draw += 1) {
    const { skills, overall } = randomSkills(random)
    await admin.put(path, skills).expect(200)
    prove('drawn skills and their mean', await kept()).equals({ ...skills, overall_avg: overall })
  }
  // One skill alone moves the mean by a sixth and leaves the others.
  const level = Object.fromEntries(skillNames.map((name) => [name, 60]))
  await admin.put(path, level).expect(200)
  const one = random.pick(skillNames)
  await admin.put(path, { [one]: 90 }).expect(200)
  prove(`after raising ${one} alone`, await kept()).equals({ ...level, [one]: 90, overall_avg: 65 })
  const sameWrite = await sql.value<number>(
    `update lfa_player_licenses set ${one} = 0 where id = $1 returning overall_avg`,
    [licenseId],
  )
  prove('mean that the same statement returns', sameWrite).equals(50)

  for (const value of [0, 100]) {
    await admin.put(path, { [one]: value }).expect(200)
    prove(`a skill of ${value}`, (await kept())[one]).equals(value)
  }
  for (const value of [-0.01, 100.01, -1, 101, '50', null]) {
    const answer = await admin.put(path, { [one]: value })
    prove(`a skill of ${JSON.stringify(value)}`, answer.status).equals(422)
  }
  const attempts = skillNames.flatMap((name): Attempt[] => {
    const text = `update lfa_player_licenses set ${name} = $2 where id = $1`
    return [
      [`${name} of 100.01`, refusals.check, text, licenseId, 100.01],
      [`${name} of -0.01`, refusals.check, text, licenseId, -0.01],
      [`${name} of 100`, 'accepted', text, licenseId, 100],
    ]
  })
  attempts.push([
    'a mean that was not computed',
    refusals.generated,
    'update lfa_player_licenses set overall_avg = 99 where id = $1',
    licenseId,
  ])
  prove('skills that the database answers wrongly', await wronglyAnswered(sql, attempts)).isEmpty()
})
