import { claim } from 'etalon'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { proveAnswers, type RowValues } from '../license-insert.ts'
import { personOf } from '../person.ts'
import { columnsOf } from './column.ts'

const { check, notNull, unique, foreignKey, forbidden } = refusals
const accepted = 'accepted'

claim('LFA-ENT-06', async ({ system, sql, prove }) => {
  prove('columns', await columnsOf(sql, 'user_licenses')).holds({
    user_id: 'bigint not null',
    specialization_type: 'text not null',
    current_level: 'smallint not null',
    max_achieved_level: 'smallint not null',
    started_at: 'timestamp with time zone not null',
    last_advanced_at: 'timestamp with time zone',
    expires_at: 'timestamp with time zone',
  })
  const holder = await personOf(system, 'student:older')
  await sql.run(
    `insert into user_licenses (user_id, specialization_type, started_at, is_active)
     values ($1, 'PLAYER', '2024-01-31', false)`,
    [holder.id],
  )
  const row = { user_id: '$1', specialization_type: `'COACH'`, started_at: 'now()' }
  const attempt = (answer: string, values: RowValues): Attempt => {
    const all = { ...row, ...values }
    const text = `insert into user_licenses (${Object.keys(all).join(', ')})
      values (${Object.values(all).join(', ')})`
    return [JSON.stringify(values), answer, text, holder.id]
  }
  const { started_at: _started, ...unstarted } = row
  await proveAnswers({ system, prove }, 'rows', [
    attempt(accepted, {}),
    attempt(accepted, { specialization_type: `'INTERNSHIP'` }),
    attempt(notNull, { started_at: 'null' }),
    [
      'a row that says nothing of a start',
      notNull,
      `insert into user_licenses (${Object.keys(unstarted).join(', ')})
       values (${Object.values(unstarted).join(', ')})`,
      holder.id,
    ],
    // Also beside a licence that has ended: there is one row, not one active row.
    attempt(unique, { specialization_type: `'PLAYER'` }),
    attempt(notNull, { specialization_type: 'null' }),
    attempt(foreignKey, { specialization_type: `'REFEREE'` }),
    attempt(foreignKey, { user_id: '-$1::bigint' }),
    attempt(check, { current_level: '0' }),
    attempt(check, { current_level: '9' }),
    attempt(accepted, { current_level: '8', max_achieved_level: '8' }),
    attempt(check, { max_achieved_level: '9' }),
  ])
  const own = 'where user_id = $1'
  const beginnings: Attempt[] = [
    [
      'taking the start away',
      notNull,
      `update user_licenses set started_at = null ${own}`,
      holder.id,
    ],
    ['taking the row away', accepted, `delete from user_licenses ${own}`, holder.id],
  ]
  prove('changes answered wrongly', await wronglyAnswered(sql, beginnings)).isEmpty()
  const byService = beginnings.map(([what, , text, id]): Attempt => [what, forbidden, text, id])
  const app = system.sqlAs('app')
  prove('changes by the service', await wronglyAnswered(app, byService)).isEmpty()
})
