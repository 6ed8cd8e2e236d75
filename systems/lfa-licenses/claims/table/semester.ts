import { claim } from 'etalon'
import { wronglyRefused } from '../contract.ts'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import { proveAnswers, type RowValues } from '../license-insert.ts'
import { personOf } from '../person.ts'
import { planSeason } from '../season.ts'

const { check, notNull, unique, foreignKey, forbidden } = refusals
const accepted = 'accepted'
const shape = '422 LFA_VALIDATION_FAILED'
const period = '400 LFA_PERIOD_INVALID'

const sessionTypes = ['ON_SITE', 'VIRTUAL', 'HYBRID']

type Case = readonly [answer: string, values: RowValues]

function insertAttempts(table: string, row: RowValues, cases: readonly Case[]): Attempt[] {
  return cases.map(([answer, values]) => {
    const all = { ...row, ...values }
    const text = `insert into ${table} (${Object.keys(all).join(', ')})
      values (${Object.values(all).join(', ')})`
    return [JSON.stringify(values), answer, text]
  })
}

claim('LFA-ENT-04', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:semesters')
  const instructor = await personOf(system, 'instructor:semesters')
  const { semesterId, name } = await planSeason(admin, random, {
    specialization: 'GANCUJU',
    instructor,
    sessions: 0,
  })
  const row = {
    code: `'S 1'`,
    name: `'S 1'`,
    specialization_type: `'COACH'`,
    start_date: `'2026-02-28'`,
    end_date: `'2026-03-01'`,
  }
  const statuses = ['DRAFT', 'OPEN', 'ACTIVE', 'COMPLETED', 'CANCELLED']
  const cases: Case[] = [
    [accepted, {}],
    [check, { end_date: `'2026-02-28'` }],
    [check, { end_date: `'2026-02-27'` }],
    ...statuses.map((status): Case => [accepted, { status: `'${status}'` }]),
    [check, { status: `'CLOSED'` }],
    [notNull, { status: 'null' }],
    [accepted, { cost_credits: '0' }],
    [check, { cost_credits: '-1' }],
    [unique, { code: `'${name}'` }],
    [foreignKey, { specialization_type: `'REFEREE'` }],
    ...['code', 'name', 'specialization_type', 'start_date', 'end_date'].map((column): Case => [
      notNull,
      { [column]: 'null' },
    ]),
  ]
  await proveAnswers({ system, prove }, 'semesters', insertAttempts('semesters', row, cases))
  const writes: Attempt[] = [
    ['another specialization', forbidden, `update semesters set specialization_type = 'COACH'`],
    ['a deletion', forbidden, 'delete from semesters'],
  ]
  const wrong = await wronglyAnswered(system.sqlAs('app'), writes)
  prove('writes of the service answered wrongly', wrong).isEmpty()

  const kept = (): Promise<unknown> =>
    sql.one(`select count(*), sum(cost_credits), max(end_date) from semesters`)
  const before = await kept()
  const wish = {
    code: random.text(8),
    name: 'A wish',
    specialization_type: 'INTERNSHIP',
    start_date: '2026-02-28',
    end_date: '2026-03-01',
  }
  const plan = (change: object) => admin.post('/api/v1/semesters', { ...wish, ...change })
  const change = (body: object) => admin.patch(`/api/v1/semesters/${semesterId}`, body)
  const refused = await wronglyRefused([
    ['a day that ends before it starts', period, plan({ end_date: '2026-02-28' })],
    ['an end before the start', period, plan({ end_date: '2025-03-01' })],
    ['ending it before its start', period, change({ end_date: '2020-01-01' })],
    ['starting it after its end', period, change({ start_date: '2099-01-01' })],
    ['a day that does not exist', shape, plan({ end_date: '2026-02-30' })],
    ['a sixth state', shape, plan({ status: 'CLOSED' })],
    ['moving to a sixth state', shape, change({ status: 'ended' })],
    ['a price below zero', shape, plan({ cost_credits: -1 })],
    ['lowering the price below zero', shape, change({ cost_credits: -1 })],
    ['a taken code', '409 LFA_SEMESTER_EXISTS', plan({ code: name })],
    ['no such specialization', shape, plan({ specialization_type: 'REFEREE' })],
    ['another specialization', shape, change({ specialization_type: 'COACH' })],
  ])
  prove('requests refused otherwise', refused).isEmpty()
  prove('semesters after all refusals', await kept()).equals(before)
  await plan({ cost_credits: 0 }).expect(201)
})

claim('LFA-ENT-05', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:sessions')
  const instructor = await personOf(system, 'instructor:sessions')
  const student = await personOf(system, 'student:sessions')
  const { semesterId, sessionIds } = await planSeason(admin, random, {
    specialization: 'COACH',
    instructor,
  })
  const row = {
    semester_id: `${semesterId}`,
    starts_at: `'2026-02-28T10:00:00Z'`,
    ends_at: `'2026-02-28T10:00:01Z'`,
    session_type: `'ON_SITE'`,
    capacity: '1',
  }
  const cases: Case[] = [
    [accepted, {}],
    [check, { ends_at: row.starts_at }],
    [check, { ends_at: `'2026-02-28T09:00:00Z'` }],
    ...sessionTypes.map((type): Case => [accepted, { session_type: `'${type}'` }]),
    [check, { session_type: `'ONLINE'` }],
    [check, { capacity: '0' }],
    [check, { capacity: '-1' }],
    [accepted, { base_xp: '0' }],
    ...['base_xp', 'theory_hours', 'practice_hours'].map((column): Case => [
      check,
      { [column]: '-1' },
    ]),
    [foreignKey, { semester_id: '-1' }],
    [foreignKey, { instructor_id: '-1' }],
    ...Object.keys(row).map((column): Case => [notNull, { [column]: 'null' }]),
  ]
  await proveAnswers({ system, prove }, 'sessions', insertAttempts('sessions', row, cases))
  const writes: Attempt[] = [
    ['another semester', forbidden, 'update sessions set semester_id = semester_id'],
    ['a deletion', forbidden, 'delete from sessions'],
  ]
  const wrong = await wronglyAnswered(system.sqlAs('app'), writes)
  prove('writes of the service answered wrongly', wrong).isEmpty()

  const wish = {
    semester_id: semesterId,
    starts_at: '2026-02-28T10:00:00Z',
    ends_at: '2026-02-28T10:00:01Z',
    session_type: 'VIRTUAL',
    capacity: 1,
  }
  const plan = (change: object) => admin.post('/api/v1/sessions', { ...wish, ...change })
  const change = (body: object) => admin.patch(`/api/v1/sessions/${sessionIds[0]}`, body)
  const noInstructor = '400 LFA_INSTRUCTOR_UNKNOWN'
  const refused = await wronglyRefused([
    ['a session without length', period, plan({ ends_at: wish.starts_at })],
    ['an end before the start', period, plan({ ends_at: '2026-02-28T11:30:00+02:00' })],
    ['ending it before its start', period, change({ ends_at: '2020-01-01T00:00:00Z' })],
    ['a fourth type', shape, plan({ session_type: 'ONLINE' })],
    ['no place', shape, plan({ capacity: 0 })],
    ['taking all places away', shape, change({ capacity: 0 })],
    ['half a place', shape, plan({ capacity: 1.5 })],
    ['XP below zero', shape, plan({ base_xp: -1 })],
    ['hours below zero', shape, change({ theory_hours: -1 })],
    ['no semester', '404 LFA_SEMESTER_UNKNOWN', plan({ semester_id: 999_999_999 })],
    ['no instructor', noInstructor, plan({ instructor_id: 999_999_999 })],
    ['a student for an instructor', noInstructor, change({ instructor_id: student.id })],
  ])
  prove('requests refused otherwise', refused).isEmpty()
  await plan({}).expect(201)
  const sessions = await sql.value<number>('select count(*) from sessions where semester_id = $1', [
    semesterId,
  ])
  prove('sessions after all refusals', sessions).equals(2)
})
