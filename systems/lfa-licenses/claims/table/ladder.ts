import { claim, type Sql } from 'etalon'
import { answerTo, refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { issueAll, placeOf, specializations } from '../license.ts'
import { personOf } from '../person.ts'
import { askPromotion, namesOfGaps } from '../promotion-request.ts'
import { columnsOf } from './column.ts'

const { check, unique, forbidden } = refusals

/** Levels, credits and expiry of each specialization, as the specification has them. */
const facts = {
  LFA_PLAYER: { max_levels: null, uses_credits: true, expires: false },
  GANCUJU: { max_levels: 8, uses_credits: false, expires: false },
  INTERNSHIP: { max_levels: 8, uses_credits: true, expires: true },
  COACH: { max_levels: 8, uses_credits: false, expires: true },
} as const

claim('LFA-ENT-02', async ({ system, sql, prove }) => {
  const holder = await personOf(system, 'student:facts')
  for (const name of specializations) {
    const row = await sql.one('select * from specializations where id = $1', [name])
    prove(`what is said of ${name}`, row).holds({ ...facts[name], is_active: true })

    // What is said is what the table and the service do.
    const { path, licenses } = placeOf[name]
    const columns = await columnsOf(sql, licenses)
    const { max_levels, uses_credits, expires } = facts[name]
    prove(`${licenses} holds`, {
      levels: 'current_level' in columns,
      credits: 'credit_balance' in columns,
      expiry: 'expires_at' in columns,
    }).equals({ levels: max_levels !== null, credits: uses_credits, expiry: expires })
    const bought = await holder.post<Refusal>(`${path}/credits/purchase`, { amount: 1 })
    prove(`${name} has a door for credits`, bought.body.error?.code).equals(
      uses_credits ? 'LFA_LICENSE_UNKNOWN' : 'LFA_ROUTE_UNKNOWN',
    )
    const levels = await sql.value<number>(
      `select count(*) from spec_levels join ladders on id = ladder_id and version = current_version
       where id = $1`,
      [name],
    )
    prove(`levels of the ladder of ${name}`, levels).equals(max_levels ?? 0)
  }
  const twice = `insert into specializations (id, name, min_age, uses_credits, expires)
    values ('COACH', 'Coach', 14, false, true)`
  prove('the same specialization twice', await answerTo(sql, twice)).equals(unique)
  const writes: Attempt[] = [
    ['a new one', forbidden, twice.replace('COACH', 'REFEREE')],
    ['a change', forbidden, 'update specializations set uses_credits = true'],
    ['a deletion', forbidden, 'delete from specializations'],
  ]
  const wrong = await wronglyAnswered(system.sqlAs('app'), writes)
  prove('writes of the service answered wrongly', wrong).isEmpty()
})

interface Refusal {
  readonly error?: { readonly code: string }
}

const ladders = ['GANCUJU', 'INTERNSHIP', 'COACH'] as const

claim('LFA-ENT-03', async ({ system, sql, prove }) => {
  const admin = await personOf(system, 'admin:ladders')
  const before = await personOf(system, 'student:old-ladder')
  const after = await personOf(system, 'student:new-ladder')
  const old = await issueAll(before)
  await publish(sql)
  const fresh = await issueAll(after)

  for (const [people, ids, version, internLevel] of [
    ['before', old, 1, 1],
    ['after', fresh, 2, 4],
  ] as const) {
    for (const name of ladders) {
      const found = await versionOf(sql, placeOf[name].licenses, ids[name])
      prove(`ladder of a ${name} licence issued ${people}`, found).equals(version)
    }
    const grant = { license_id: ids.INTERNSHIP, xp_gained: 500 }
    const { body } = await admin.post('/api/v1/internship/xp', grant).expect(200)
    prove(`level at 500 XP, issued ${people}`, body).holds({ new_level: internLevel })

    await admin
      .post('/api/v1/gancuju/competitions', { license_id: ids.GANCUJU, won: true })
      .expect(200)
    const belt = await askPromotion(admin, { specialization: 'GANCUJU', licenseId: ids.GANCUJU })
    prove(`a belt for one win, issued ${people}`, namesOfGaps(belt)).equals(
      version === 1 ? [] : ['teaching_hours'],
    )
    const examination = { exam_score_percent: 100, first_aid_certificate: true }
    const of = { specialization: 'COACH', licenseId: ids.COACH } as const
    prove(
      `gaps of a coach, issued ${people}`,
      namesOfGaps(await askPromotion(admin, of, examination)),
    ).equals(
      version === 1
        ? ['total_xp', 'sessions', 'theory_hours', 'practice_hours', 'teaching_hours']
        : ['total_xp', 'theory_hours'],
    )
  }
  for (const name of ladders) {
    const found = await versionOf(sql, placeOf[name].licenses, old[name])
    prove(`ladder of the older ${name} licence after its use`, found).equals(1)
  }

  const insert = (version: number, level: number): string =>
    `insert into spec_levels (ladder_id, version, level, name) values ('COACH', ${version}, ${level}, 'x')`
  const attempts: Attempt[] = [
    ['a level twice', unique, insert(1, 2)],
    ['level 0', check, insert(3, 0)],
    ['level 9', check, insert(3, 9)],
    ['level 8 of a new version', 'accepted', insert(3, 8)],
  ]
  prove('levels answered wrongly', await wronglyAnswered(sql, attempts)).isEmpty()
  const writes: Attempt[] = [
    ['a level', forbidden, insert(3, 1)],
    ['a change', forbidden, 'update spec_levels set required_xp = 0'],
    ['a deletion', forbidden, 'delete from spec_levels'],
    ['a version', forbidden, 'update ladders set current_version = 1'],
    ['moving a licence', forbidden, 'update gancuju_licenses set ladder_version = 2'],
  ]
  const wrong = await wronglyAnswered(system.sqlAs('app'), writes)
  prove('writes of the service answered wrongly', wrong).isEmpty()
  await sql.run('update ladders set current_version = 1')
})

/** Publishes a second version: other XP, a belt that takes teaching, a coach that takes theory. */
async function publish(sql: Sql): Promise<void> {
  await sql.run(
    `insert into spec_levels
       (ladder_id, version, level, name, required_xp, competitions_won, teaching_hours,
        theory_hours, approver_role, approvals)
     select ladder_id, 2, level, name, required_xp / 10, 0,
       case ladder_id when 'GANCUJU' then 10 else 0 end,
       case ladder_id when 'COACH' then 5 else 0 end, approver_role, approvals
     from spec_levels where version = 1 and ladder_id = any($1)`,
    [ladders],
  )
  await sql.run('update ladders set current_version = 2 where id = any($1)', [ladders])
}

function versionOf(sql: Sql, table: string, id: number): Promise<number> {
  return sql.value(`select ladder_version from ${table} where id = $1`, [id])
}
