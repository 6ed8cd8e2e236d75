import { claim } from 'etalon'
import { addProgress, type Pair } from '../coupled-pair.ts'
import { answerTo, refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { counts, proveAnswers, type InsertCase } from '../license-insert.ts'
import { personOf } from '../person.ts'
import { columnsOf } from './column.ts'

const { check, notNull, unique, foreignKey, forbidden } = refusals
const accepted = 'accepted'

/** What may be counted; never less than nothing. */
const gains = [
  'total_xp',
  'completed_sessions',
  'completed_projects',
  'theory_hours_completed',
  'practice_hours_completed',
]

/** Attempts to insert a row with other values than those it may have. */
function inserts(table: string, row: InsertCase[1], cases: readonly InsertCase[], id: number) {
  return cases.map(([answer, values]): Attempt => {
    const all = { ...row, ...values }
    const text = `insert into ${table} (${Object.keys(all).join(', ')})
      values (${Object.values(all).join(', ')})`
    return [JSON.stringify(values), answer, text, id]
  })
}

claim('LFA-ENT-08', async ({ system, sql, prove }) => {
  prove('columns', await columnsOf(sql, 'specialization_progress')).holds({
    student_id: 'bigint not null',
    specialization_id: 'text not null',
    current_level: 'smallint not null',
    ...Object.fromEntries(gains.map((column) => [column, 'integer not null'])),
    last_activity: 'timestamp with time zone',
  })
  const admin = await personOf(system, 'admin:progress-table')
  const beginner = await personOf(system, 'student:progress-table')
  const row = { student_id: '$1', specialization_id: `'PLAYER'` }
  const cases: InsertCase[] = [
    [accepted, {}],
    ...['COACH', 'INTERNSHIP'].map((name): InsertCase => [
      accepted,
      { specialization_id: `'${name}'` },
    ]),
    [check, { specialization_id: `'GANCUJU'` }],
    [check, { specialization_id: `'REFEREE'` }],
    [notNull, { specialization_id: 'null' }],
    [notNull, { student_id: 'nullif($1::bigint, $1)' }],
    [foreignKey, { student_id: '-$1::bigint' }],
    [check, { current_level: '0' }],
    [check, { current_level: '9' }],
    [accepted, { current_level: '8' }],
    ...counts(...gains),
  ]
  const attempts = inserts('specialization_progress', row, cases, beginner.id)
  await proveAnswers({ system, prove }, 'rows', attempts)

  const pair: Pair = { studentId: beginner.id, specialization: 'PLAYER' }
  await addProgress(admin, pair, { xp_gained: 900, sessions_completed: 6 }).expect(200)
  await addProgress(admin, { ...pair, specialization: 'COACH' }, { xp_gained: 1 }).expect(200)
  const [, ...others] = cases.slice(0, 3)
  await proveAnswers({ system, prove }, 'rows beside two that are there', [
    ...inserts('specialization_progress', row, [[unique, {}]], beginner.id),
    ...inserts(
      'specialization_progress',
      row,
      [[unique, { specialization_id: `'COACH'` }]],
      beginner.id,
    ),
    ...inserts('specialization_progress', row, others.slice(1), beginner.id),
  ])
  const below = gains.map((column): Attempt => [
    `${column} taken below zero`,
    check,
    `update specialization_progress set ${column} = -1 where student_id = $1`,
    beginner.id,
  ])
  await proveAnswers({ system, prove }, 'updates', below)
  const writes: Attempt[] = [
    ['another student', forbidden, 'update specialization_progress set student_id = student_id'],
    ['a deletion', forbidden, 'delete from specialization_progress'],
  ]
  const wrong = await wronglyAnswered(system.sqlAs('app'), writes)
  prove('writes of the service answered wrongly', wrong).isEmpty()

  await admin.delete(`/api/v1/users/${beginner.id}`).expect(204)
  const left = await sql.rows(
    `select 'progress' as what from specialization_progress where student_id = $1
     union all select 'licence' from user_licenses where user_id = $1
     union all select 'achievement' from user_achievements where user_id = $1`,
    [beginner.id],
  )
  prove('what is left of a student who is gone', left).isEmpty()
})

claim('LFA-ENT-09', async ({ system, sql, prove }) => {
  prove('columns of achievements', await columnsOf(sql, 'achievements')).holds({
    code: 'text not null',
    title: 'text not null',
    specialization_id: 'text',
    criteria: 'jsonb not null',
  })
  prove('columns of what users have', await columnsOf(sql, 'user_achievements')).holds({
    user_id: 'bigint not null',
    code: 'text not null',
    earned_at: 'timestamp with time zone not null',
  })
  const admin = await personOf(system, 'admin:achievement-table')
  const student = await personOf(system, 'student:achievement-table')
  const achievement = {
    code: `'MARATHON'`,
    title: `'Marathon'`,
    description: `'Ran it'`,
    specialization_id: `'PLAYER'`,
    criteria: `'{"level": 4}'`,
  }
  const insert = (change: InsertCase[1]): string => {
    const all = { ...achievement, ...change }
    return `insert into achievements (${Object.keys(all).join(', ')})
      values (${Object.values(all).join(', ')})`
  }
  const attempts: Attempt[] = [
    ['a new one', accepted, insert({})],
    ['one of no specialization', accepted, insert({ specialization_id: 'null' })],
    ['a code again', unique, insert({ code: `'PLAYER_MASTER'` })],
    [
      'a code again, elsewhere',
      unique,
      insert({ code: `'PLAYER_MASTER'`, specialization_id: 'null' }),
    ],
    ['no code', notNull, insert({ code: 'null' })],
    ['no title', notNull, insert({ title: 'null' })],
    ['no criteria', notNull, insert({ criteria: 'null' })],
    ['criteria that nobody checks', check, insert({ criteria: `'{"goals": 4}'` })],
    ['a specialization that is none', foreignKey, insert({ specialization_id: `'REFEREE'` })],
  ]
  prove('achievements answered wrongly', await wronglyAnswered(sql, attempts)).isEmpty()

  const pair: Pair = { studentId: student.id, specialization: 'PLAYER' }
  await addProgress(admin, pair, { sessions_completed: 5 }).expect(200)
  const earned = { user_id: '$1', code: `'PLAYER_MASTER'`, earned_at: 'now()' }
  const cases: InsertCase[] = [
    [accepted, {}],
    [unique, { code: `'PLAYER_DEDICATION'` }],
    [unique, { code: `'PLAYER_DEDICATION'`, earned_at: `now() + interval '1 year'` }],
    [foreignKey, { code: `'MARATHON'` }],
    [foreignKey, { user_id: '-$1::bigint' }],
    [notNull, { code: 'null' }],
    [notNull, { earned_at: 'null' }],
  ]
  const rows = inserts('user_achievements', earned, cases, student.id)
  await proveAnswers({ system, prove }, 'what users have', rows)
  const writes: Attempt[] = [
    ['a new achievement', forbidden, insert({})],
    ['easier criteria', forbidden, `update achievements set criteria = '{"level": 1}'`],
    ['moving one', forbidden, 'update user_achievements set user_id = user_id'],
    ['taking one away', forbidden, 'delete from user_achievements'],
  ]
  const wrong = await wronglyAnswered(system.sqlAs('app'), writes)
  prove('writes of the service answered wrongly', wrong).isEmpty()
  const twice = 'insert into user_achievements select user_id, code, now() from user_achievements'
  prove('all of them again', await answerTo(sql, twice)).equals(unique)
})
