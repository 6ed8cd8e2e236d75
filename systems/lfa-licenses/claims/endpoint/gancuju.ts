import { claim, type HttpResponse } from 'etalon'
import { openScene, proveContract, type Scene } from './api-scene.ts'
import { differences, wronglyRefused } from '../contract.ts'
import { proveIssuing } from './issuing.ts'
import { licenseState } from '../license-state.ts'
import { personOf } from '../person.ts'

type Row = Readonly<Record<string, unknown>>

claim('LFA-API-02', async (context) => {
  const scene = await openScene(context, 'api-gancuju')
  const id = await proveIssuing(scene, {
    specialization: 'GANCUJU',
    fresh: { current_level: 1, max_achieved_level: 1, win_rate: 0, teaching_hours: 0 },
  })
  await proveRecord(scene, id)
  await proveLevels(scene, id)
  await proveRefusals(scene, id)
  proveContract(scene, [
    'POST /gancuju/licenses',
    'GET /gancuju/licenses/me',
    'POST /gancuju/licenses/{id}/promote',
    'POST /gancuju/licenses/{id}/demote',
    'POST /gancuju/competitions',
    'POST /gancuju/teaching-hours',
    'GET /gancuju/licenses/{id}/stats',
  ])
})

function rowOf({ sql }: Scene, id: number): Promise<Row> {
  return sql.one<Row>('select * from gancuju_licenses where id = $1', [id])
}

async function proveRecord(scene: Scene, id: number): Promise<void> {
  const { prove, contract, admin, student } = scene
  const stats = (): Promise<Row> =>
    contract.call<Row>(student, 'GET /gancuju/licenses/{id}/stats', { path: { id } })
  const first = await stats()
  prove('belt at the start', first['belt']).equals('Bamboo Disciple')
  prove('what level 2 takes then', first['next_level']).equals({
    level: 2,
    name: 'Morning Dew',
    gaps: [
      { requirement: 'competitions_entered', needed: 1, actual: 0 },
      { requirement: 'competitions_won', needed: 1, actual: 0 },
    ],
  })
  const compete = (won: boolean): Promise<Row> =>
    contract.call<Row>(admin, 'POST /gancuju/competitions', { body: { license_id: id, won } })
  await compete(true)
  await compete(false)
  const third = await compete(false)
  prove('three competitions, one won', third).holds({
    competitions_entered: 3,
    competitions_won: 1,
    win_rate: 33.33,
    current_level: 1,
    eligible_level: 3,
  })
  const taught = await contract.call<Row>(admin, 'POST /gancuju/teaching-hours', {
    body: { license_id: id, hours: 25 },
  })
  prove('the record, told and kept', differences(taught, await rowOf(scene, id))).isEmpty()
  prove('teaching hours', taught['teaching_hours']).equals(25)
  prove('gaps to level 2', (await stats())['next_level']).holds({ level: 2, gaps: [] })
}

async function proveLevels(scene: Scene, id: number): Promise<void> {
  const { sql, prove, contract, admin } = scene
  const promoted = await contract.call<Row & { license: Row }>(
    admin,
    'POST /gancuju/licenses/{id}/promote',
    { path: { id }, body: { reason: 'won' } },
  )
  prove('the promotion', promoted).holds({ promoted: true, approvals: 1, approvals_needed: 1 })
  prove('level after it', promoted.license['current_level']).equals(2)
  const demoted = await contract.call<Row>(admin, 'POST /gancuju/licenses/{id}/demote', {
    path: { id },
    body: { reason: 'by mistake' },
  })
  prove('the demotion, told and kept', differences(demoted, await rowOf(scene, id))).isEmpty()
  prove('levels after it', demoted).holds({ current_level: 1, max_achieved_level: 2 })
  const changes = await sql.rows<Row>(
    `select from_level, to_level, advanced_by, advancement_reason
     from license_progressions where license_id = $1 order by id`,
    [id],
  )
  prove('changes of level on record', changes).equals([
    { from_level: 1, to_level: 2, advanced_by: admin.id, advancement_reason: 'won' },
    { from_level: 2, to_level: 1, advanced_by: admin.id, advancement_reason: 'by mistake' },
  ])
}

async function proveRefusals(scene: Scene, id: number): Promise<void> {
  const { system, sql, prove, admin, student, rival } = scene
  const stranger = await personOf(system, 'instructor:api-gancuju')
  const before = await licenseState(sql, student.id)
  const post = (path: string, body: unknown, by = admin): PromiseLike<HttpResponse> =>
    by.post(`/api/v1/gancuju/${path}`, body)
  const unearned = await rival.post<{ id: number }>('/api/v1/gancuju/licenses').expect(201)
  const beginner = `licenses/${unearned.body.id}`
  const win = { license_id: id, won: true }
  const hour = { license_id: id, hours: 1 }
  const [shape, foreign] = ['422 LFA_VALIDATION_FAILED', '403 LFA_LICENSE_FOREIGN']
  const [forbidden, unknown] = ['403 LFA_FORBIDDEN', '404 LFA_LICENSE_UNKNOWN']
  const wrong = await wronglyRefused([
    ['a win by the student', forbidden, post('competitions', win, student)],
    ['a win by a stranger', foreign, post('competitions', win, stranger)],
    ['a win of nobody', unknown, post('competitions', { ...win, license_id: 999_999_999 })],
    ['a competition without an end', shape, post('competitions', { license_id: id })],
    ['no hours', shape, post('teaching-hours', { ...hour, hours: 0 })],
    ['half an hour', shape, post('teaching-hours', { ...hour, hours: 0.5 })],
    ['hours by the student', forbidden, post('teaching-hours', hour, student)],
    ['hours by a stranger', foreign, post('teaching-hours', hour, stranger)],
    ['a promotion by the student', forbidden, post(`licenses/${id}/promote`, {}, student)],
    ['a promotion by a stranger', foreign, post(`licenses/${id}/promote`, {}, stranger)],
    ['a promotion not earned', '400 LFA_PROMOTION_NOT_EARNED', post(`${beginner}/promote`, {})],
    ['a demotion without a reason', shape, post(`licenses/${id}/demote`, {})],
    ['a demotion from level 1', '400 LFA_LEVEL_MIN', post(`${beginner}/demote`, { reason: 'x' })],
    ['statistics for a rival', foreign, rival.get(`/api/v1/gancuju/licenses/${id}/stats`)],
    ['statistics of nobody', unknown, admin.get('/api/v1/gancuju/licenses/999999999/stats')],
    ['the id of a word', shape, admin.get('/api/v1/gancuju/licenses/x/stats')],
  ])
  prove('levels and record: wrong refusals', wrong).isEmpty()
  prove('the licence after them', await licenseState(sql, student.id)).equals(before)
}
