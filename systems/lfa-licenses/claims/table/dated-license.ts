import { claim } from 'etalon'
import { wronglyRefused } from '../contract.ts'
import { refusals, wronglyAnswered } from '../database-refusal.ts'
import { commonCases, counts, levelCases, proveInserts } from '../license-insert.ts'
import { issueLicense, placeOf } from '../license.ts'
import { personOf } from '../person.ts'
import { columnsOf, namesLike } from './column.ts'

const { check, notNull, forbidden } = refusals
const accepted = 'accepted'
const shape = '422 LFA_VALIDATION_FAILED'
const noRoute = '404 LFA_ROUTE_UNKNOWN'

claim('LFA-LIC-03', async ({ system, sql, prove }) => {
  const columns = await columnsOf(sql, 'internship_licenses')
  prove('columns', columns).holds({
    credit_balance: 'integer not null',
    total_xp: 'integer not null',
    current_level: 'smallint not null',
    max_achieved_level: 'smallint not null',
    sessions_completed: 'integer not null',
    expires_at: 'timestamp with time zone not null',
  })
  prove('hours and competitions', namesLike(columns, /hours|competition/)).isEmpty()

  const nobody = await personOf(system, 'student:no-intern')
  await proveInserts({ system, prove }, 'INTERNSHIP', nobody.id, [
    ...commonCases,
    ...counts('credit_balance', 'sessions_completed'),
    [notNull, { expires_at: 'null' }],
    [notNull, { total_xp: 'null' }],
    // The trigger finds no level for so few XP, before the check of the column is reached.
    [notNull, { total_xp: '-1' }],
    [accepted, { total_xp: '0' }],
    [check, { max_achieved_level: '9' }],
  ])

  const holder = await personOf(system, 'student:intern-row')
  const { path } = placeOf.INTERNSHIP
  const licenseId = await issueLicense(holder, 'INTERNSHIP')
  const levelAfter = (set: string) =>
    sql.value<number>(
      `update internship_licenses set ${set} where id = $1 returning current_level`,
      [licenseId],
    )
  for (const [xp, level] of [
    [999, 1],
    [1_000, 2],
    [17_499, 7],
    [17_500, 8],
  ] as const) {
    prove(`level at ${xp} XP`, await levelAfter(`total_xp = ${xp}`)).equals(level)
  }
  prove('level written against the XP', await levelAfter('current_level = 3')).equals(8)
  const app = system.sqlAs('app')
  const writes = [
    ['the level', 'current_level'],
    ['the highest level', 'max_achieved_level'],
  ].map(([what = '', column]) => {
    const text = `update internship_licenses set ${column} = 8 where id = $1`
    return [what, forbidden, text, licenseId] as const
  })
  prove('writes of the service', await wronglyAnswered(app, writes)).isEmpty()

  const admin = await personOf(system, 'admin:intern-row')
  const grant = (body: object) => admin.post(`${path}/xp`, { license_id: licenseId, ...body })
  const refused = await wronglyRefused([
    ['an expiry', shape, nobody.post(`${path}/licenses`, { expires_at: '2040-01-01T00:00:00Z' })],
    ['a level beside the XP', shape, grant({ xp_gained: 1, current_level: 8 })],
    ['XP beyond the column', shape, grant({ xp_gained: 2 ** 31 })],
    ['promoting', noRoute, admin.post(`${path}/licenses/${licenseId}/promote`)],
  ])
  prove('requests refused otherwise', refused).isEmpty()
  await sql.run('update internship_licenses set total_xp = 2147483000 where id = $1', [licenseId])
  const full = await grant({ xp_gained: 1_000_000 })
  prove('a grant beyond the column', full.status).equals(400)
})

claim('LFA-LIC-04', async ({ system, sql, prove }) => {
  const columns = await columnsOf(sql, 'coach_licenses')
  prove('columns', columns).holds({
    current_level: 'smallint not null',
    max_achieved_level: 'smallint not null',
    theory_hours: 'integer not null',
    practice_hours: 'integer not null',
    expires_at: 'timestamp with time zone not null',
    is_expired: 'boolean not null',
  })
  prove('credits and XP', namesLike(columns, /credit|total_xp/)).isEmpty()

  const nobody = await personOf(system, 'student:no-coach')
  await proveInserts({ system, prove }, 'COACH', nobody.id, [
    ...commonCases,
    ...levelCases,
    ...counts('theory_hours', 'practice_hours', 'teaching_hours'),
    [notNull, { expires_at: 'null' }],
    [notNull, { is_expired: 'null' }],
  ])

  const holder = await personOf(system, 'student:coach-row')
  const { path } = placeOf.COACH
  const licenseId = await issueLicense(holder, 'COACH')
  const row = await sql.one('select * from coach_licenses where id = $1', [licenseId])
  prove('a new licence', row).holds({
    current_level: 1,
    max_achieved_level: 1,
    theory_hours: 0,
    practice_hours: 0,
    is_expired: false,
  })
  const highest = 'update coach_licenses set max_achieved_level = 8 where id = $1'
  const writes = [['the highest level', forbidden, highest, licenseId]] as const
  prove('writes of the service', await wronglyAnswered(system.sqlAs('app'), writes)).isEmpty()

  const admin = await personOf(system, 'admin:coach-row')
  const credit = (kind: string, hours: unknown) =>
    admin.post(`${path}/${kind}-hours`, { license_id: licenseId, hours })
  const refused = await wronglyRefused([
    ['no theory', shape, credit('theory', 0)],
    ['less practice', shape, credit('practice', -1)],
    ['hours beyond the column', shape, credit('practice', 2 ** 31)],
    ['an expiry', shape, nobody.post(`${path}/licenses`, { expires_at: '2040-01-01T00:00:00Z' })],
    ['buying credits', noRoute, holder.post(`${path}/credits/purchase`, { amount: 1 })],
  ])
  prove('requests refused otherwise', refused).isEmpty()
})
