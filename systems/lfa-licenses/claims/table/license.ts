import { claim } from 'etalon'
import { wronglyRefused } from '../contract.ts'
import { refusals, wronglyAnswered } from '../database-refusal.ts'
import {
  commonCases,
  counts,
  levelCases,
  proveInserts,
  type InsertCase,
} from '../license-insert.ts'
import { issueLicense, placeOf } from '../license.ts'
import { personOf } from '../person.ts'
import { randomSkills, skillNames } from '../skill.ts'
import { columnsOf, namesLike } from './column.ts'

const { check, notNull, generated, forbidden } = refusals
const accepted = 'accepted'
const shape = '422 LFA_VALIDATION_FAILED'
const noRoute = '404 LFA_ROUTE_UNKNOWN'

claim('LFA-LIC-01', async ({ system, sql, random, prove }) => {
  const columns = await columnsOf(sql, 'lfa_player_licenses')
  const average = 'numeric(5,2) not null'
  prove('columns', columns).holds({
    age_group: 'text not null',
    credit_balance: 'integer not null',
    ...Object.fromEntries(skillNames.map((name) => [name, average])),
    overall_avg: 'numeric(5,2) generated',
  })
  prove('levels, expiry and XP', namesLike(columns, /level|expir|xp/)).isEmpty()

  const nobody = await personOf(system, 'student:not-a-player')
  await proveInserts({ system, prove }, 'LFA_PLAYER', nobody.id, [
    ...commonCases,
    ...['PRE', 'YOUTH', 'AMATEUR', 'PRO'].map((group): InsertCase => [
      accepted,
      { age_group: `'${group}'` },
    ]),
    [notNull, { age_group: 'null' }],
    [check, { age_group: `'SENIOR'` }],
    [check, { age_group: `'pre'` }],
    ...counts('credit_balance'),
    ...skillNames.flatMap((name): InsertCase[] => [
      [check, { [name]: '-0.01' }],
      [check, { [name]: '100.01' }],
      [notNull, { [name]: 'null' }],
      [accepted, { [name]: '100' }],
    ]),
    [generated, { overall_avg: '50' }],
  ])

  const holder = await personOf(system, 'student:player-row')
  const { path } = placeOf.LFA_PLAYER
  const licenseId = await issueLicense(holder, 'LFA_PLAYER')
  const row = await sql.one('select * from lfa_player_licenses where id = $1', [licenseId])
  const unskilled = Object.fromEntries(skillNames.map((name) => [name, 0]))
  prove('a new licence', row).holds({ ...unskilled, overall_avg: 0, credit_balance: 0 })
  const { skills, overall } = randomSkills(random)
  const set = Object.entries(skills).map(([name, value]) => `${name} = ${value}`)
  const update = `update lfa_player_licenses set ${set.join()} where id = $1 returning overall_avg`
  prove('the mean', await system.sqlAs('app').value<number>(update, [licenseId])).equals(overall)

  const admin = await personOf(system, 'admin:player-row')
  const assess = (body: unknown) => admin.put(`${path}/licenses/${licenseId}/skills`, body)
  const issue = (body: unknown) => nobody.post(`${path}/licenses`, body)
  const refused = await wronglyRefused([
    ['an unknown age group', shape, issue({ age_group: 'SENIOR' })],
    ['a level', shape, issue({ current_level: 2 })],
    ['an expiry', shape, issue({ expires_at: '2030-01-01T00:00:00Z' })],
    ['a skill above 100', shape, assess({ heading_avg: 100.01 })],
    ['an average that was not computed', shape, assess({ overall_avg: 99 })],
    ['renewing', noRoute, holder.post(`${path}/licenses/${licenseId}/renew`)],
    ['promoting', noRoute, admin.post(`${path}/licenses/${licenseId}/promote`)],
  ])
  prove('requests refused otherwise', refused).isEmpty()
})

claim('LFA-LIC-02', async ({ system, sql, prove }) => {
  const columns = await columnsOf(sql, 'gancuju_licenses')
  prove('columns', columns).holds({
    current_level: 'smallint not null',
    max_achieved_level: 'smallint not null',
    sessions_attended: 'integer not null',
    competitions_entered: 'integer not null',
    competitions_won: 'integer not null',
    win_rate: 'numeric(5,2) generated',
    teaching_hours: 'integer not null',
  })
  prove('credits and expiry', namesLike(columns, /credit|expir/)).isEmpty()

  const nobody = await personOf(system, 'student:no-fighter')
  const fights = (entered: number, won: number) => ({
    competitions_entered: `${entered}`,
    competitions_won: `${won}`,
  })
  await proveInserts({ system, prove }, 'GANCUJU', nobody.id, [
    ...commonCases,
    ...levelCases,
    ...counts('sessions_attended', 'competitions_entered', 'teaching_hours'),
    [check, fights(0, -1)],
    [check, fights(3, 4)],
    [accepted, fights(4, 4)],
    [generated, { win_rate: '50' }],
  ])

  const holder = await personOf(system, 'student:fighter-row')
  const { path } = placeOf.GANCUJU
  const licenseId = await issueLicense(holder, 'GANCUJU')
  const app = system.sqlAs('app')
  const records = [
    [0, 0, 0],
    [3, 1, 33.33],
    [3, 2, 66.67],
    [4, 3, 75],
    [7, 7, 100],
  ] as const
  for (const [entered, won, rate] of records) {
    const found = await app.value<number>(
      `update gancuju_licenses set competitions_entered = $2, competitions_won = $3
       where id = $1 returning win_rate`,
      [licenseId, entered, won],
    )
    prove(`win rate of ${won} in ${entered}`, found).equals(rate)
  }
  const highest = 'update gancuju_licenses set max_achieved_level = 8 where id = $1'
  const writes = [['the highest level', forbidden, highest, licenseId]] as const
  prove('writes of the service', await wronglyAnswered(app, writes)).isEmpty()

  const admin = await personOf(system, 'admin:fighter-row')
  const fight = (body: object) =>
    admin.post(`${path}/competitions`, { license_id: licenseId, ...body })
  const refused = await wronglyRefused([
    ['half a win', shape, fight({ won: 0.5 })],
    ['many wins at once', shape, fight({ won: true, competitions_won: 5 })],
    ['a win rate', shape, fight({ won: true, win_rate: 100 })],
    ['buying credits', noRoute, holder.post(`${path}/credits/purchase`, { amount: 1 })],
    ['an expiry', noRoute, holder.get(`${path}/licenses/${licenseId}/expiry`)],
    ['renewing', noRoute, holder.post(`${path}/licenses/${licenseId}/renew`)],
  ])
  prove('requests refused otherwise', refused).isEmpty()
})
