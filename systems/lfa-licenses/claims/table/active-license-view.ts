import { claim, type Sql } from 'etalon'
import { answerTo, refusals } from '../database-refusal.ts'
import { issueAll, placeOf, specializations, type Specialization } from '../license.ts'
import { personOf } from '../person.ts'

const common = ['user_id', 'created_at', 'updated_at'] as const

/** The columns of the view that each table has; the others are null there. */
const own: Readonly<Record<Specialization, readonly string[]>> = {
  LFA_PLAYER: ['credit_balance', 'age_group', 'overall_avg'],
  GANCUJU: ['current_level', 'max_achieved_level', 'win_rate', 'teaching_hours'],
  INTERNSHIP: ['current_level', 'max_achieved_level', 'credit_balance', 'total_xp', 'expires_at'],
  COACH: [
    'current_level',
    'max_achieved_level',
    'theory_hours',
    'practice_hours',
    'teaching_hours',
    'expires_at',
  ],
}

type Row = Readonly<Record<string, unknown>>

/** A value that no default has, for every column that a table shows. */
const written: Readonly<Record<Specialization, string>> = {
  LFA_PLAYER: `credit_balance = 11, age_group = 'PRO', heading_avg = 66`,
  GANCUJU: `current_level = 3, competitions_entered = 4, competitions_won = 1, teaching_hours = 12`,
  INTERNSHIP: 'credit_balance = 13, total_xp = 2600',
  COACH: 'current_level = 2, theory_hours = 14, practice_hours = 15, teaching_hours = 16',
}

claim('LFA-VIEW-01', async ({ system, sql, random, prove }) => {
  const holder = await personOf(system, 'student:viewed')
  const without = await personOf(system, 'student:without')
  const ids = await issueAll(holder)
  for (const name of specializations) {
    await sql.run(`update ${placeOf[name].licenses} set ${written[name]} where id = $1`, [
      ids[name],
    ])
  }
  const view = await viewOf(sql, holder.id)
  prove('rows of four licences', view.length).equals(4)
  for (const name of specializations) {
    const found = view.find((row) => row['license_id'] === ids[name]) ?? {}
    const { specialization_type, license_id, ...shown } = found
    prove(`the ${name} row`, { specialization_type, license_id }).equals({
      specialization_type: name,
      license_id: ids[name],
    })
    const kept = await sql.one<Row>(`select * from ${placeOf[name].licenses} where id = $1`, [
      ids[name],
    ])
    const columns: readonly string[] = [...common, ...own[name]]
    const expected = Object.keys(shown).map((column) => [
      column,
      columns.includes(column) ? kept[column] : null,
    ])
    prove(`columns of the ${name} row`, shown).equals(Object.fromEntries(expected))
    const missing = columns.filter((column) => !(column in shown))
    prove(`columns that the ${name} row lacks`, missing).isEmpty()
  }
  prove('rows of somebody without a licence', await viewOf(sql, without.id)).isEmpty()

  let active: readonly Specialization[] = specializations
  for (const name of random.shuffle(specializations)) {
    await sql.run(`update ${placeOf[name].licenses} set is_active = false where id = $1`, [
      ids[name],
    ])
    active = active.filter((other) => other !== name)
    prove(`licences shown after ${name} has ended`, await shownOf(sql, holder.id)).equals(
      active.toSorted(),
    )
  }
  await issueAll(holder)
  prove('licences shown after four new ones', await shownOf(sql, holder.id)).equals(
    specializations.toSorted(),
  )

  const app = system.sqlAs('app')
  prove('rows that the service sees', (await viewOf(app, holder.id)).length).equals(4)
  const write = await answerTo(app, 'update v_all_active_licenses set user_id = user_id')
  prove('whether the service can write it', write).satisfies(
    'refused',
    (answer) => answer !== 'accepted' && answer !== refusals.check,
  )
  const counted = specializations
    .map((name) => `(select count(*) from ${placeOf[name].licenses} where is_active)`)
    .join(' + ')
  const difference = await sql.value<number>(
    `select (select count(*) from v_all_active_licenses) - (${counted})`,
  )
  prove('rows more than active licences in the whole database', difference).equals(0)
})

function viewOf(sql: Sql, userId: number): Promise<readonly Row[]> {
  return sql.rows<Row>('select * from v_all_active_licenses where user_id = $1', [userId])
}

async function shownOf(sql: Sql, userId: number): Promise<string[]> {
  return (await viewOf(sql, userId)).map((row) => String(row['specialization_type'])).toSorted()
}
