import { claim, type HttpResponse } from 'etalon'
import { openScene, proveContract, type Scene } from './api-scene.ts'
import { differences, wronglyRefused } from '../contract.ts'
import { issueLicense } from '../license.ts'
import { pairState } from '../pair-state.ts'
import { personOf } from '../person.ts'
import { enrollPaid, planSeason } from '../season.ts'

type Row = Readonly<Record<string, unknown>>

const door = '/api/v1/specializations'
const nobody = 999_999_999

claim('LFA-API-06', async (context) => {
  const scene = await openScene(context, 'api-progress')
  await proveBeginning(scene)
  await proveUpdates(scene)
  await proveReading(scene)
  await proveScope(scene)
  await proveRefusals(scene)
  proveContract(scene, [
    'POST /specializations/progress',
    'POST /specializations/progress/update',
    'POST /specializations/progress/level',
    'GET /specializations/progress/me',
    'GET /specializations/progress/{spec}',
    'GET /specializations/levels/{spec}',
  ])
})

function rowOf({ sql, student }: Scene): Promise<Row> {
  return sql.one<Row>(
    `select * from specialization_progress where student_id = $1 and specialization_id = 'PLAYER'`,
    [student.id],
  )
}

async function proveBeginning(scene: Scene): Promise<void> {
  const { prove, contract, student, rival } = scene
  const body = { specialization_id: 'PLAYER' }
  const begun = await contract.call<Row>(student, 'POST /specializations/progress', { body })
  prove('begun, told and kept', differences(begun, await rowOf(scene))).isEmpty()
  const begin = (further: Row, by = rival): PromiseLike<HttpResponse> =>
    by.post(`${door}/progress`, { ...body, ...further })
  const shape = '422 LFA_VALIDATION_FAILED'
  const wrong = await wronglyRefused([
    ['beginning twice', '409 LFA_PROGRESS_EXISTS', begin({}, student)],
    ['for somebody else', '403 LFA_FORBIDDEN', begin({ student_id: student.id })],
    ['for nobody', '404 LFA_USER_UNKNOWN', begin({ student_id: nobody }, scene.admin)],
    ['a specialization without progress', shape, begin({ specialization_id: 'GANCUJU' })],
    ['with a level', shape, begin({ current_level: 8 })],
    ['by nobody', '401 LFA_UNAUTHENTICATED', scene.system.anonymous.post(`${door}/progress`, body)],
  ])
  prove('beginning: wrong refusals', wrong).isEmpty()
}

async function proveUpdates(scene: Scene): Promise<void> {
  const { random, prove, contract, admin, student } = scene
  const pair = { student_id: student.id, specialization_id: 'PLAYER' }
  const body = { ...pair, xp_gained: 25_000, sessions_completed: 12, projects_completed: 1 }
  const told = await contract.call<Row>(admin, 'POST /specializations/progress/update', { body })
  const row = await rowOf(scene)
  prove('the update, told and kept', differences(told, row)).isEmpty()
  prove('level and XP, told and kept', told).holds({
    new_level: row['current_level'],
    new_xp: row['total_xp'],
  })
  const key = { headers: { 'idempotency-key': random.text(12) } }
  const send = (xp_gained: number) =>
    admin.post(`${door}/progress/update`, { ...pair, xp_gained }, key)
  const first = await send(10).expect(200)
  const again = await send(10).expect(200)
  prove('the same update again', again.body).equals(first.body)
  prove('said to be a replay', again.headers['idempotent-replayed']).equals('true')
  prove('XP after both', await rowOf(scene)).holds({ total_xp: 25_010 })
  prove('another update with its key', (await send(11)).status).equals(409)
  await contract.call(admin, 'POST /specializations/progress/level', {
    body: { ...pair, new_level: 3, reason: 'a panel decided it' },
  })
  prove('the level that was given', await rowOf(scene)).holds({ current_level: 3 })
}

async function proveReading(scene: Scene): Promise<void> {
  const { sql, prove, contract, admin, student, rival } = scene
  const row = await rowOf(scene)
  const own = await contract.call<{ items: Row[] }>(student, 'GET /specializations/progress/me')
  prove('own progress', own.items.length).equals(1)
  prove('own progress, told and kept', differences(own.items[0] ?? {}, row)).isEmpty()
  const none = await contract.call<{ items: Row[] }>(rival, 'GET /specializations/progress/me')
  prove('progress of somebody who has none', none.items).isEmpty()
  for (const [by, query] of [
    [student, {}],
    [admin, { user_id: student.id }],
  ] as const) {
    const path = { spec: 'PLAYER' }
    const view = await contract.call<Row>(by, 'GET /specializations/progress/{spec}', {
      path,
      query,
    })
    prove('one specialization, as in the list', view).equals(own.items[0] ?? {})
    prove('its licence', view['license']).holds({ user_id: student.id, current_level: 3 })
  }
  for (const [spec, levels] of [
    ['PLAYER', 8],
    ['COACH', 8],
    ['INTERNSHIP', 3],
  ] as const) {
    const ladder = await contract.call<{ levels: Row[] }>(
      student,
      'GET /specializations/levels/{spec}',
      { path: { spec } },
    )
    const kept = await sql.rows<Row>(
      'select * from spec_levels where ladder_id = $1 and version = 1 order by level',
      [`${spec}_PROGRESS`],
    )
    const wrong = ladder.levels.flatMap((level, at) => differences(level, kept[at] ?? {}))
    prove(`levels of ${spec}`, ladder.levels.length).equals(levels)
    prove(`levels of ${spec}, told and kept`, wrong).isEmpty()
  }
}

/** An instructor reaches the students of the semesters that he teaches, never himself. */
async function proveScope(scene: Scene): Promise<void> {
  const { system, random, prove, admin, rival: holder } = scene
  const teacher = await personOf(system, 'instructor:api-progress-teacher')
  const licenseId = await issueLicense(holder, 'GANCUJU')
  const plan = { specialization: 'GANCUJU', instructor: teacher } as const
  await enrollPaid(await planSeason(admin, random, plan), { holder, licenseId, admin })
  const update = (student_id: number, specialization_id: string) =>
    teacher.post(`${door}/progress/update`, { student_id, specialization_id, xp_gained: 5 })
  await update(holder.id, 'PLAYER').expect(200)
  const view = await teacher.get(`${door}/progress/PLAYER`, {
    query: { user_id: String(holder.id) },
  })
  prove('what the teacher reads', view.body).holds({ total_xp: 5 })
  const foreign = '403 LFA_PROGRESS_FOREIGN'
  const wrong = await wronglyRefused([
    ['a specialization he does not teach', foreign, update(holder.id, 'COACH')],
    ['a student he does not teach', foreign, update(scene.student.id, 'PLAYER')],
    ['himself', foreign, update(teacher.id, 'PLAYER')],
  ])
  prove('teaching: wrong refusals', wrong).isEmpty()
}

async function proveRefusals(scene: Scene): Promise<void> {
  const { system, sql, prove, admin, student, rival } = scene
  const stranger = await personOf(system, 'instructor:api-progress')
  const before = await pairState(sql, [student.id])
  const body = { student_id: student.id, specialization_id: 'PLAYER', xp_gained: 1 }
  const update = (by: typeof admin) => by.post(`${door}/progress/update`, body)
  const read = (by: typeof admin, spec: string, userId?: number | string) =>
    by.get(`${door}/progress/${spec}`, {
      query: userId === undefined ? {} : { user_id: String(userId) },
    })
  const { anonymous } = system
  const [shape, foreign] = ['422 LFA_VALIDATION_FAILED', '403 LFA_PROGRESS_FOREIGN']
  const [forbidden, noName] = ['403 LFA_FORBIDDEN', '401 LFA_UNAUTHENTICATED']
  const noSpecialization = '404 LFA_SPECIALIZATION_UNKNOWN'
  const wrong = await wronglyRefused([
    ['an update by the student', forbidden, update(student)],
    ['an update by a stranger', foreign, update(stranger)],
    ['an update by nobody', noName, anonymous.post(`${door}/progress/update`, body)],
    ['reading by a rival', foreign, read(rival, 'PLAYER', student.id)],
    ['reading by a stranger', foreign, read(stranger, 'PLAYER', student.id)],
    ['reading by nobody', noName, anonymous.get(`${door}/progress/PLAYER`)],
    ['reading nobody', '404 LFA_USER_UNKNOWN', read(admin, 'PLAYER', nobody)],
    ['reading what is not begun', '404 LFA_PROGRESS_UNKNOWN', read(student, 'COACH')],
    ['a specialization that is none', noSpecialization, read(student, 'REFEREE')],
    ['a specialization without progress', noSpecialization, read(student, 'GANCUJU')],
    ['a user that is no number', shape, read(admin, 'PLAYER', 'me')],
    ['levels of none', noSpecialization, student.get(`${door}/levels/GANCUJU`)],
    ['levels for nobody', noName, anonymous.get(`${door}/levels/PLAYER`)],
    ['own progress of nobody', noName, anonymous.get(`${door}/progress/me`)],
  ])
  prove('wrong refusals', wrong).isEmpty()
  prove('the student after them', await pairState(sql, [student.id])).equals(before)
}
