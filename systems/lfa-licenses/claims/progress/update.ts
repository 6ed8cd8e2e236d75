import { claim, type HttpResponse } from 'etalon'
import { wronglyRefused, type Attempt } from '../contract.ts'
import { addProgress, insertStudents, levelsOf, type Pair } from '../coupled-pair.ts'
import { readOperations } from '../openapi.ts'
import { pairState } from '../pair-state.ts'
import { personOf } from '../person.ts'
import { reportedClimb } from './reported-climb.ts'

const update = '/api/v1/specializations/progress/update'
const shape = '422 LFA_VALIDATION_FAILED'
const gainMax = 10_000_000

/** What may be gained, and the column that it lands in. */
const columnOf = {
  xp_gained: 'total_xp',
  sessions_completed: 'completed_sessions',
  projects_completed: 'completed_projects',
  theory_hours: 'theory_hours_completed',
  practice_hours: 'practice_hours_completed',
} as const

claim('LFA-CPL-01', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:updates')
  const [studentId = 0, untouched = 0] = await insertStudents(sql, random, 2)
  const pair: Pair = { studentId, specialization: 'COACH' }
  const counts: Record<string, number> = Object.fromEntries(
    Object.values(columnOf).map((column) => [column, 0]),
  )
  for (const [field, column] of Object.entries(columnOf)) {
    const amount = random.integer(1, 900)
    await addProgress(admin, pair, { [field]: amount }).expect(200)
    counts[column] = amount
    const row = await sql.one('select * from specialization_progress where student_id = $1', [
      studentId,
    ])
    prove(`counts after ${field}`, row).holds(counts)
  }
  await addProgress(admin, pair, { xp_gained: gainMax }).expect(200)

  const before = await pairState(sql, [studentId, untouched])
  const told = { student_id: studentId, specialization_id: 'COACH', xp_gained: 1 }
  const post = (body: unknown): PromiseLike<HttpResponse> => admin.post(update, body)
  const refused = (what: string, change: object): Attempt => [
    what,
    shape,
    post({ ...told, ...change }),
  ]
  const { student_id: _student, ...nobody } = told
  const { specialization_id: _specialization, ...nowhere } = told
  const wrong = await wronglyRefused([
    ['no student', shape, post(nobody)],
    ['no specialization', shape, post(nowhere)],
    ['no body', shape, post({})],
    refused('nothing gained', { xp_gained: undefined }),
    refused('only zeros', { xp_gained: 0, sessions_completed: 0 }),
    ...Object.keys(columnOf).flatMap((field) => [
      refused(`${field} below zero`, { [field]: -1 }),
      refused(`half of ${field}`, { [field]: 1.5 }),
      refused(`${field} as text`, { [field]: '1' }),
      refused(`no ${field}`, { [field]: null }),
      refused(`too much ${field}`, { [field]: gainMax + 1 }),
    ]),
    ...['player', 'LFA_PLAYER', 'GANCUJU', 'COACH ', ''].map((name) =>
      refused(`specialization "${name}"`, { specialization_id: name }),
    ),
    ...['new_level', 'xp', 'level', 'reason', 'user_id'].map((field) =>
      refused(`the unknown field ${field}`, { [field]: 1 }),
    ),
    ['a student nobody knows', '404 LFA_USER_UNKNOWN', post({ ...told, student_id: 999_999_999 })],
  ])
  prove('requests refused otherwise', wrong).isEmpty()
  prove('what is kept after them', await pairState(sql, [studentId, untouched])).equals(before)

  await sql.run('update specialization_progress set total_xp = 2147483647 where student_id = $1', [
    studentId,
  ])
  const full = await pairState(sql, [studentId])
  prove('XP beyond the column', (await post(told)).status).equals(400)
  prove('what is kept after it', await pairState(sql, [studentId])).equals(full)
})

claim('LFA-D-16', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:load-script')
  const [studentId = 0] = await insertStudents(sql, random, 1)
  const told = { student_id: studentId, specialization_id: 'PLAYER' }
  const before = await pairState(sql, [studentId])
  const sent = [
    { ...told, xp_change: 1_000 },
    { ...told, xp_change: 1_000, sessions_completed: 1 },
    { ...told, xp_gained: 1_000, xp_change: 0 },
    { ...told, xp_gained: 1_000, xp_change: null },
  ]
  for (const body of sent) {
    const answer = await admin.post<Refusal>(update, body)
    const { error } = answer.body
    prove(`answer to ${JSON.stringify(body)}`, {
      answer: `${answer.status} ${error?.code ?? ''}`,
      names: JSON.stringify(error?.details ?? '').includes('xp_change'),
    }).equals({ answer: shape, names: true })
  }
  prove('what is kept after them', await pairState(sql, [studentId])).equals(before)
  const documented = (await readOperations(admin)).find(({ name }) => name === `POST ${update}`)
  prove('fields that are documented', Object.keys(documented?.body?.properties ?? {})).equals([
    'student_id',
    'specialization_id',
    ...Object.keys(columnOf),
  ])
  prove('other fields', documented?.body?.additionalProperties).equals(false)
  await admin.post(update, { ...told, xp_gained: 1_000 }).expect(200)
})

interface Refusal {
  readonly error?: { readonly code: string; readonly details?: unknown }
}

claim('LFA-CPL-14', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:answers')
  const [studentId = 0] = await insertStudents(sql, random, 1)
  const pair: Pair = { studentId, specialization: 'PLAYER' }
  const told = { student_id: studentId, specialization_id: 'PLAYER' }
  const first = await addProgress(admin, pair, { xp_gained: 24_000, projects_completed: 2 })
  prove('an update without a new level', first.body as unknown).equals({
    ...told,
    old_level: 1,
    new_level: 1,
    levels_gained: 0,
    leveled_up: false,
    old_xp: 0,
    new_xp: 24_000,
    completed_sessions: 0,
    completed_projects: 2,
    sync_result: null,
    achievements_earned: [],
  })
  const second = await addProgress(admin, pair, { xp_gained: 21_000, sessions_completed: 15 })
  const earned = (code: string, title: string, description: string): object => ({
    code: `PLAYER_${code}`,
    title,
    description,
    specialization_id: 'PLAYER',
  })
  prove('an update that passes a level', second.body as unknown).equals({
    ...told,
    old_level: 1,
    new_level: 3,
    levels_gained: 2,
    leveled_up: true,
    old_xp: 24_000,
    new_xp: 45_000,
    completed_sessions: 15,
    completed_projects: 2,
    sync_result: {
      success: true,
      action: 'updated',
      old_license_level: 1,
      new_license_level: 3,
      progress_level: 3,
    },
    achievements_earned: [
      earned('DEDICATION', 'Dedication', 'Completed 5 sessions'),
      earned('FIRST_PROMOTION', 'First promotion', 'Reached level 2'),
      earned('LEVEL_3', 'On the way', 'Reached level 3'),
    ],
  })
  const kept = (): Promise<Row> =>
    sql.one<Row>('select * from specialization_progress where student_id = $1', [studentId])
  for (const { gain } of reportedClimb) {
    const before = await kept()
    const { body } = await addProgress(admin, pair, gain).expect(200)
    const after = await kept()
    prove('what was told, and what is kept', body).holds({
      old_level: before.current_level,
      new_level: after.current_level,
      old_xp: before.total_xp,
      new_xp: after.total_xp,
      completed_sessions: after.completed_sessions,
    })
    prove('the licence', (await levelsOf(sql, pair)).license).equals(body.new_level)
  }
})

interface Row {
  readonly current_level: number
  readonly total_xp: number
  readonly completed_sessions: number
}
