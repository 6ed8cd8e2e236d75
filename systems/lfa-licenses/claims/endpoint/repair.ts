import { claim, type HttpClient, type HttpResponse } from 'etalon'
import { openScene, proveContract, type Scene } from './api-scene.ts'
import { wronglyRefused, type Attempt } from '../contract.ts'
import { levelsOf, type Pair } from '../coupled-pair.ts'
import { pairState, plantPair } from '../pair-state.ts'
import { personOf } from '../person.ts'
import type { BulkRepair, Issue, Repair } from '../repair-door.ts'

const door = '/api/v1/licenses/admin/sync'
const nobody = 999_999_999

interface Page {
  readonly items: readonly Issue[]
  readonly total: number
}

claim('LFA-API-07', async (context) => {
  const scene = await openScene(context, 'api-repair')
  const { sql, student, rival } = scene
  for (const { id: studentId } of [student, rival]) {
    await plantPair(sql, { studentId, specialization: 'COACH' }, { progress: 5, license: 3 })
    await plantPair(sql, { studentId, specialization: 'PLAYER' }, { progress: 2, license: null })
  }
  await proveList(scene)
  await proveRefusals(scene)
  await proveRepairs(scene)
  proveContract(scene, [
    'GET /licenses/admin/sync/desync-issues',
    'GET /licenses/admin/sync/user/{id}',
    'POST /licenses/admin/sync/user/{id}',
    'POST /licenses/admin/sync/user/{id}/all',
    'POST /licenses/admin/sync/all',
  ])
})

/** Users, specializations and kinds of a page. */
function shownBy({ items }: Page): string[] {
  return items.map((one) => `${one.user_id} ${one.specialization} ${one.kind}`)
}

async function proveList({ prove, contract, admin, student, rival }: Scene): Promise<void> {
  const list = (query: Readonly<Record<string, string | number>> = {}): Promise<Page> =>
    contract.call<Page>(admin, 'GET /licenses/admin/sync/desync-issues', { query })
  const every = [student, rival]
    .map(({ id }) => id)
    .toSorted((one, other) => one - other)
    .flatMap((id) => [`${id} COACH level_mismatch`, `${id} PLAYER missing_license`])
  const all = await list()
  prove('everything that is wrong', shownBy(all)).equals(every)
  prove('of a user', shownBy(await list({ user_id: rival.id }))).equals(
    every.filter((line) => line.startsWith(`${rival.id} `)),
  )
  const kinds = { kind: 'missing_license' }
  prove('of a kind', shownBy(await list(kinds))).equals(
    every.filter((line) => line.endsWith('missing_license')),
  )
  const coaches = { specialization: 'COACH' }
  prove('of a specialization', shownBy(await list(coaches))).equals(
    every.filter((line) => line.includes('COACH')),
  )
  const pages: string[] = []
  for (const page of [1, 2, 3]) {
    const one = await list({ page, page_size: 2 })
    prove(`total on page ${page}`, one.total).equals(4)
    pages.push(...shownBy(one))
  }
  prove('pages together', pages).equals(every)
}

async function proveRepairs(scene: Scene): Promise<void> {
  const { sql, prove, contract, admin, student, rival } = scene
  const path = { id: student.id }
  const coach: Pair = { studentId: student.id, specialization: 'COACH' }
  const query = { specialization_id: 'COACH' }
  const wrong = await contract.call(admin, 'GET /licenses/admin/sync/user/{id}', { path, query })
  prove('whether both sides agree', wrong).holds({ is_consistent: false, kind: 'level_mismatch' })

  const one = await contract.call<Repair>(admin, 'POST /licenses/admin/sync/user/{id}', {
    path,
    body: { specialization_id: 'COACH' },
  })
  prove('the repair of one pair', one).holds({ changed: true, is_consistent: true })
  prove('the pair then', await levelsOf(sql, coach)).equals({ progress: 5, license: 5 })

  const all = await contract.call<BulkRepair>(admin, 'POST /licenses/admin/sync/user/{id}/all', {
    path,
  })
  prove('the repair of one user', all).holds({ found: 1, synced: 1, failed: 0, unrepaired: 0 })
  const everybody = await contract.call<BulkRepair>(admin, 'POST /licenses/admin/sync/all', {
    body: { direction: 'license_to_progress' },
  })
  prove('the repair of everybody', everybody).holds({ found: 2, synced: 2, failed: 0 })
  const other: Pair = { studentId: rival.id, specialization: 'COACH' }
  prove('the other pair then', await levelsOf(sql, other)).equals({ progress: 3, license: 3 })
  const { body } = await admin.get<Page>(`${door}/desync-issues`).expect(200)
  prove('what is wrong then', body).holds({ items: [], total: 0 })
}

async function proveRefusals(scene: Scene): Promise<void> {
  const { system, sql, prove, admin, student, rival } = scene
  const instructor = await personOf(system, 'instructor:api-repair')
  const ids = [student.id, rival.id]
  const before = await pairState(sql, ids)
  const coach = { specialization_id: 'COACH' }
  const own = `${door}/user/${student.id}`
  const doors = (by: HttpClient): readonly (readonly [string, PromiseLike<HttpResponse>])[] => [
    ['the list', by.get(`${door}/desync-issues`)],
    ['asking', by.get(own, { query: coach })],
    ['a repair', by.post(own, coach)],
    ["a user's repair", by.post(`${own}/all`, {})],
    ["everybody's repair", by.post(`${door}/all`, {})],
    ['a try', by.post(`${door}/all`, {}, { query: { dry_run: 'true' } })],
  ]
  const closed = (who: string, answer: string, by: HttpClient): Attempt[] =>
    doors(by).map(([what, response]) => [`${what} by ${who}`, answer, response])
  const [shape, unknown] = ['422 LFA_VALIDATION_FAILED', '404 LFA_USER_UNKNOWN']
  const list = (query: Readonly<Record<string, string>>) =>
    admin.get(`${door}/desync-issues`, { query })
  const wrong = await wronglyRefused([
    ...closed('a student', '403 LFA_FORBIDDEN', student),
    ...closed('an instructor', '403 LFA_FORBIDDEN', instructor),
    ...closed('nobody', '401 LFA_UNAUTHENTICATED', system.anonymous),
    ['asking of nobody', unknown, admin.get(`${door}/user/${nobody}`, { query: coach })],
    ['repairing nobody', unknown, admin.post(`${door}/user/${nobody}`, coach)],
    ['repairing all of nobody', unknown, admin.post(`${door}/user/${nobody}/all`, {})],
    ['asking without a specialization', shape, admin.get(own)],
    ['no specialization', shape, admin.post(own, {})],
    ['one without progress', shape, admin.post(own, { specialization_id: 'GANCUJU' })],
    ['another direction', shape, admin.post(own, { ...coach, direction: 'upwards' })],
    ['an unknown field', shape, admin.post(`${door}/all`, { force: true })],
    ['perhaps', shape, admin.post(own, coach, { query: { dry_run: 'perhaps' } })],
    ['a kind that is none', shape, list({ kind: 'odd' })],
    ['page 0', shape, list({ page: '0' })],
    ['a page of 201', shape, list({ page_size: '201' })],
  ])
  prove('wrong refusals', wrong).isEmpty()
  const running = await sql.session(async (one) => {
    await one.run('begin')
    await one.run(`select pg_advisory_xact_lock(hashtextextended('lfa-sync-all', 0))`)
    const refused = await wronglyRefused([
      ['beside another', '409 LFA_SYNC_RUNNING', admin.post(`${door}/all`, {})],
    ])
    await one.run('rollback')
    return refused
  })
  prove("everybody's repair, beside another", running).isEmpty()
  prove('both students after them', await pairState(sql, ids)).equals(before)
}
