import { claim, type Sql } from 'etalon'
import { answerTo, refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { issueAll, type LicenseIds } from '../license.ts'
import { proveAnswers } from '../license-insert.ts'
import { personOf, type Person } from '../person.ts'
import { askPromotion } from '../promotion-request.ts'
import { enrollPaid, planSeason } from '../season.ts'

const { check, notNull, foreignKey, forbidden } = refusals
const api = '/api/v1'
const examination = { exam_score_percent: 90, first_aid_certificate: true }

claim('LFA-ENT-07', async ({ system, sql, prove }) => {
  const admin = await personOf(system, 'admin:kept-levels')
  const holder = await personOf(system, 'student:kept-levels')
  const ids = await issueAll(holder)
  const override = { override_reason: 'recognised elsewhere' }
  await askPromotion(admin, { specialization: 'GANCUJU', licenseId: ids.GANCUJU }, override).expect(
    200,
  )
  const told = await holder.get<object[]>(`${api}/licenses/${ids.GANCUJU}/progressions`).expect(200)
  const kept = await sql.rows(
    `select id, license_id, from_level, to_level, advanced_by, advancement_reason, is_override
     from license_progressions where license_id = $1`,
    [ids.GANCUJU],
  )
  prove('changes kept', kept.length).equals(1)
  prove('the change, told', told.body[0]).holds(kept[0] as Record<string, unknown>)

  const columns = 'gancuju_license_id, coach_license_id, from_level, to_level, advanced_at'
  const insert = (values: string): string =>
    `insert into license_progressions (${columns}) values (${values})`
  await proveAnswers({ system, prove }, 'changes of level', [
    ['one step', 'accepted', insert('$1, null, 2, 3, now()'), ids.GANCUJU],
    ['no change', check, insert('$1, null, 2, 2, now()'), ids.GANCUJU],
    ['from nothing', check, insert('$1, null, 0, 1, now()'), ids.GANCUJU],
    ['to level 9', check, insert('$1, null, 8, 9, now()'), ids.GANCUJU],
    ['at no time', notNull, insert('$1, null, 2, 3, null'), ids.GANCUJU],
    ['to an unknown level', notNull, insert('$1, null, 2, null, now()'), ids.GANCUJU],
    ['of no licence', check, insert('null, null, 2, 3, now()')],
    ['of two licences', check, insert('$1, $2, 2, 3, now()'), ids.GANCUJU, ids.COACH],
    ['of an unknown licence', foreignKey, insert('-$1::bigint, null, 2, 3, now()'), ids.GANCUJU],
  ])
  const rewrites = [
    'update license_progressions set to_level = 8',
    'update license_progressions set advanced_by = null',
    'delete from license_progressions',
    'truncate license_progressions',
  ].map((text): Attempt => [text, forbidden, text])
  const answered = await wronglyAnswered(system.sqlAs('app'), rewrites)
  prove('rewriting by the service answered wrongly', answered).isEmpty()
  prove('rewriting by a superuser', await answerTo(sql, rewrites[0]?.[2] ?? '')).equals('accepted')
})

const highestLevels = `
  select g.max_achieved_level as "GANCUJU", i.max_achieved_level as "INTERNSHIP",
    c.max_achieved_level as "COACH"
  from gancuju_licenses g join internship_licenses i using (user_id)
  join coach_licenses c using (user_id) where user_id = $1`

claim('LFA-R-10', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:highest')
  const holder = await personOf(system, 'student:highest')
  const ids = await issueAll(holder)
  const highest = (): Promise<Record<string, number>> => sql.one(highestLevels, [holder.id])
  const belt = { specialization: 'GANCUJU', licenseId: ids.GANCUJU } as const
  const override = { override_reason: 'recognised elsewhere' }
  const demote = () =>
    admin.post(`${api}/gancuju/licenses/${ids.GANCUJU}/demote`, { reason: 'a fight' }).expect(200)

  for (let step = 0; step < 4; step += 1) await askPromotion(admin, belt, override).expect(200)
  prove('highest after four belts', await highest()).equals({ GANCUJU: 5, INTERNSHIP: 1, COACH: 1 })
  for (const level of [4, 3, 2]) {
    const { body } = await demote()
    prove(`levels told at ${level}`, body).holds({ current_level: level, max_achieved_level: 5 })
  }
  await askPromotion(admin, belt, override).expect(200)
  prove('highest after a belt taken again', (await highest())['GANCUJU']).equals(5)

  const grant = { license_id: ids.INTERNSHIP, xp_gained: 4_500 }
  await admin.post(`${api}/internship/xp`, grant).expect(200)
  const coach = { specialization: 'COACH', licenseId: ids.COACH } as const
  await askPromotion(admin, coach, { ...examination, ...override }).expect(200)
  const reached = { GANCUJU: 5, INTERNSHIP: 4, COACH: 2 }
  prove('highest of each specialization', await highest()).equals(reached)

  const falls = [
    ['gancuju', 'current_level = 1', ids.GANCUJU],
    ['internship', 'total_xp = 0', ids.INTERNSHIP],
    ['coach', 'current_level = 1', ids.COACH],
    ['gancuju', 'max_achieved_level = 1', ids.GANCUJU],
    ['internship', 'max_achieved_level = 1', ids.INTERNSHIP],
    ['coach', 'max_achieved_level = 1', ids.COACH],
    ['coach', 'current_level = 1, max_achieved_level = 1', ids.COACH],
    ['gancuju', 'is_active = false', ids.GANCUJU],
  ] as const
  for (const [prefix, set, id] of random.shuffle(falls)) {
    await sql.run(`update ${prefix}_licenses set ${set} where id = $1`, [id])
    prove(`highest after ${set} of ${prefix}`, await highest()).equals(reached)
  }
  const app = system.sqlAs('app')
  const writes = (['gancuju', 'internship', 'coach'] as const).map((prefix): Attempt => {
    return [prefix, forbidden, `update ${prefix}_licenses set max_achieved_level = 8`]
  })
  prove('writes of the service answered wrongly', await wronglyAnswered(app, writes)).isEmpty()
})

/** A change of level as it has to be on record. */
type Change = readonly [from: number, to: number, by: number | null, reason: string | null]

claim('LFA-R-17', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:decides')
  const second = await personOf(system, 'admin:decides-too')
  const instructor = await personOf(system, 'instructor:decides')
  const holder = await personOf(system, 'student:decided')
  const ids = await issueAll(holder)
  const season = await planSeason(admin, random, { specialization: 'GANCUJU', instructor })
  await enrollPaid(season, { holder, licenseId: ids.GANCUJU, admin })

  const { recorded, requirements } = await climb({ sql, holder, ids }, [admin, second, instructor])
  prove('changes of the belt', recorded.slice(0, 3)).equals([
    [1, 2, instructor.id, 'a good year'],
    [2, 3, admin.id, 'recognised elsewhere'],
    [3, 2, admin.id, 'a fight'],
  ])
  prove('level 8 by two admins', recorded.slice(3)).equals([
    ...[2, 3, 4, 5, 6].map((level): Change => [level, level + 1, admin.id, 'belts of a master']),
    [7, 8, second.id, 'belts of a master'],
  ])
  prove('requirements met by the first belt', requirements[0]).holds({
    gaps: [],
    approved_by: [instructor.id],
  })
  const gaps = requirements[1]?.['gaps']
  prove('what an override passed over', gaps).satisfies(
    'the gaps of level 3',
    (found) => Array.isArray(found) && found.length === 1,
  )
  prove('who approved level 8', requirements.at(-1)?.['approved_by']).equals([admin.id, second.id])

  const xp = async (xp_gained: number): Promise<void> => {
    const grant = { license_id: ids.INTERNSHIP, xp_gained }
    await admin.post(`${api}/internship/xp`, grant).expect(200)
  }
  for (const gained of [999, 1, 1_499, 8_000, 1]) await xp(gained)
  const intern = await historyOf(sql, ids.INTERNSHIP)
  prove('changes of the internship', intern.recorded).equals([
    [1, 2, null, 'XP reached'],
    [2, 6, null, 'XP reached'],
  ])
  prove('XP at the changes', intern.requirements).equals([
    { total_xp: 1_000 },
    { total_xp: 10_499 },
  ])

  const coach = { specialization: 'COACH', licenseId: ids.COACH } as const
  prove('an early certification', (await askPromotion(admin, coach, examination)).status).equals(
    400,
  )
  await askPromotion(admin, coach, { ...examination, override_reason: 'UEFA C' }).expect(200)
  const certified = await historyOf(sql, ids.COACH)
  prove('changes of the coach', certified.recorded).equals([[1, 2, admin.id, 'UEFA C']])
  prove('the examination of the coach', certified.requirements[0]).holds({ examination })
})

/** Takes a belt up and down and up to level 8; asks in vain where a level is not due. */
async function climb(
  { sql, holder, ids }: { readonly sql: Sql; readonly holder: Person; readonly ids: LicenseIds },
  [admin, second, instructor]: readonly [Person, Person, Person],
): Promise<LevelHistory> {
  const of = { specialization: 'GANCUJU', licenseId: ids.GANCUJU } as const
  const license_id = ids.GANCUJU
  await askPromotion(instructor, of).expect(400)
  await instructor.post(`${api}/gancuju/competitions`, { license_id, won: true }).expect(200)
  await askPromotion(holder, of).expect(403)
  await askPromotion(instructor, of, { reason: 'a good year' }).expect(200)
  await askPromotion(admin, of, { override_reason: 'recognised elsewhere' }).expect(200)
  const demotion = `${api}/gancuju/licenses/${ids.GANCUJU}/demote`
  await admin.post(demotion).expect(422)
  await admin.post(demotion, { reason: 'a fight' }).expect(200)
  const mastery = { override_reason: 'belts of a master' }
  for (let level = 3; level <= 7; level += 1) await askPromotion(admin, of, mastery).expect(200)
  await askPromotion(admin, of, mastery).expect(200)
  await askPromotion(admin, of, mastery).expect(409)
  await askPromotion(second, of, mastery).expect(200)
  await askPromotion(second, of, mastery).expect(400)
  return historyOf(sql, ids.GANCUJU)
}

interface LevelHistory {
  readonly recorded: readonly Change[]
  readonly requirements: readonly Readonly<Record<string, unknown>>[]
}

async function historyOf(sql: Sql, licenseId: number): Promise<LevelHistory> {
  const rows = await sql.rows<{
    from_level: number
    to_level: number
    advanced_by: number | null
    advancement_reason: string | null
    requirements_met: Readonly<Record<string, unknown>>
  }>('select * from license_progressions where license_id = $1 order by id', [licenseId])
  return {
    recorded: rows.map((row) => [
      row.from_level,
      row.to_level,
      row.advanced_by,
      row.advancement_reason,
    ]),
    requirements: rows.map((row) => row.requirements_met),
  }
}
