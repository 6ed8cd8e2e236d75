import { claim, type HttpResponse } from 'etalon'
import { openScene, proveContract, type Scene } from './api-scene.ts'
import { differences, wronglyRefused } from '../contract.ts'
import { proveIssuing } from './issuing.ts'
import { licenseState } from '../license-state.ts'
import { personOf } from '../person.ts'
import { trainCoach } from '../promotion-request.ts'

type Row = Readonly<Record<string, unknown>>

claim('LFA-API-04', async (context) => {
  const scene = await openScene(context, 'api-coach')
  const id = await proveIssuing(scene, {
    specialization: 'COACH',
    fresh: { current_level: 1, theory_hours: 0, practice_hours: 0, is_expired: false },
  })
  await proveHours(scene, id)
  await proveCertification(scene, id)
  await proveValidity(scene, id)
  await proveRefusals(scene, id)
  proveContract(scene, [
    'POST /coach/licenses',
    'GET /coach/licenses/me',
    'POST /coach/theory-hours',
    'POST /coach/practice-hours',
    'GET /coach/licenses/{id}/expiry',
    'POST /coach/licenses/{id}/renew',
    'POST /coach/licenses/{id}/promote',
    'GET /coach/licenses/{id}/stats',
  ])
})

function rowOf({ sql }: Scene, id: number): Promise<Row> {
  return sql.one<Row>(
    `select *, expires_at = created_at + interval '2 years' as is_first_term,
       expires_at = created_at + interval '4 years' as is_second_term
     from coach_licenses where id = $1`,
    [id],
  )
}

function statsOf({ contract, student }: Scene, id: number): Promise<Row> {
  return contract.call<Row>(student, 'GET /coach/licenses/{id}/stats', { path: { id } })
}

async function proveHours(scene: Scene, id: number): Promise<void> {
  const { prove, contract, admin, student } = scene
  const credit = (kind: string, hours: number): Promise<Row> =>
    contract.call<Row>(admin, `POST /coach/${kind}-hours`, { body: { license_id: id, hours } })
  const theory = await credit('theory', 69)
  prove('hours after 69 of theory', theory).holds({ theory_hours: 69, practice_hours: 0 })
  const practice = await credit('practice', 110)
  prove('hours after 110 of practice', practice).holds({ theory_hours: 69, practice_hours: 110 })
  await admin.post('/api/v1/coach/teaching-hours', { license_id: id, hours: 50 }).expect(200)
  await trainCoach(admin, student.id, { xp: 35_000, sessions: 18 })
  const stats = await statsOf(scene, id)
  prove('the hours, told and kept', differences(stats, await rowOf(scene, id))).isEmpty()
  prove('what the statistics add', stats).holds({
    certification: 'PRE_ASSISTANT',
    coached_age_groups: ['PRE'],
    next_level: {
      level: 2,
      name: 'PRE_HEAD',
      gaps: [{ requirement: 'theory_hours', needed: 70, actual: 69 }],
    },
  })
}

async function proveCertification(scene: Scene, id: number): Promise<void> {
  const { sql, prove, contract, admin } = scene
  const path = `/api/v1/coach/licenses/${id}/promote`
  const passed = { exam_score_percent: 70, first_aid_certificate: true }
  const unearned = '400 LFA_PROMOTION_NOT_EARNED'
  const wrong = await wronglyRefused([['one hour short', unearned, admin.post(path, passed)]])
  await contract.call(admin, 'POST /coach/theory-hours', { body: { license_id: id, hours: 1 } })
  const failed = { ...passed, exam_score_percent: 69.9 }
  const unaided = { ...passed, first_aid_certificate: false }
  wrong.push(
    ...(await wronglyRefused([
      ['a failed examination', unearned, admin.post(path, failed)],
      ['no first aid certificate', unearned, admin.post(path, unaided)],
    ])),
  )
  prove('certification: wrong refusals', wrong).isEmpty()
  prove('level after the refusals', await rowOf(scene, id)).holds({ current_level: 1 })
  const certified = await contract.call<Row>(admin, 'POST /coach/licenses/{id}/promote', {
    path: { id },
    body: { ...passed, reason: 'examined' },
  })
  prove(
    'the certification, told and kept',
    differences(certified, await rowOf(scene, id)),
  ).isEmpty()
  prove('levels after it', certified).holds({ current_level: 2, max_achieved_level: 2 })
  prove('certification then', (await statsOf(scene, id))['certification']).equals('PRE_HEAD')
  const changes = await sql.rows<Row>(
    `select from_level, to_level, advanced_by, advancement_reason
     from license_progressions where license_id = $1`,
    [id],
  )
  prove('changes of level on record', changes).equals([
    { from_level: 1, to_level: 2, advanced_by: admin.id, advancement_reason: 'examined' },
  ])
}

async function proveValidity(scene: Scene, id: number): Promise<void> {
  const { prove, contract, student } = scene
  const row = await rowOf(scene, id)
  const expiry = await contract.call<Row>(student, 'GET /coach/licenses/{id}/expiry', {
    path: { id },
  })
  const daysLeft = Math.ceil(((row['expires_at'] as Date).getTime() - Date.now()) / 86_400_000)
  prove('valid for 2 years', row['is_first_term']).equals(true)
  prove('the expiry, told and kept', differences(expiry, row)).isEmpty()
  prove('the expiry', expiry).holds({ license_id: id, status: 'active', notices: [] })
  prove('days left', expiry['days_remaining'] as number).equals(daysLeft)
  const renewed = await contract.call<Row>(student, 'POST /coach/licenses/{id}/renew', {
    path: { id },
  })
  const after = await rowOf(scene, id)
  prove('the renewal, told and kept', differences(renewed, after)).isEmpty()
  prove('valid for 2 years more', after['is_second_term']).equals(true)
}

async function proveRefusals(scene: Scene, id: number): Promise<void> {
  const { system, sql, prove, admin, student, rival } = scene
  const stranger = await personOf(system, 'instructor:api-coach')
  const before = await licenseState(sql, student.id)
  const hours = (further: Row, by = admin, kind = 'theory'): PromiseLike<HttpResponse> =>
    by.post(`/api/v1/coach/${kind}-hours`, { license_id: id, hours: 1, ...further })
  const license = (of: number): string => `/api/v1/coach/licenses/${of}`
  const exam = { exam_score_percent: 100, first_aid_certificate: true }
  const [shape, foreign] = ['422 LFA_VALIDATION_FAILED', '403 LFA_LICENSE_FOREIGN']
  const [forbidden, unknown] = ['403 LFA_FORBIDDEN', '404 LFA_LICENSE_UNKNOWN']
  const nobody = 999_999_999
  const wrong = await wronglyRefused([
    ['no hours', shape, hours({ hours: 0 })],
    ['less than no hours', shape, hours({ hours: -2 }, admin, 'practice')],
    ['half an hour', shape, hours({ hours: 0.5 })],
    ['hours by the student', forbidden, hours({}, student)],
    ['hours by a stranger', foreign, hours({}, stranger)],
    ['practice by a stranger', foreign, hours({}, stranger, 'practice')],
    ['hours of nobody', unknown, hours({ license_id: nobody })],
    ['certified by an instructor', forbidden, stranger.post(`${license(id)}/promote`, exam)],
    ['certified by the coach', forbidden, student.post(`${license(id)}/promote`, exam)],
    [
      'an examination of 101 %',
      shape,
      admin.post(`${license(id)}/promote`, { ...exam, exam_score_percent: 101 }),
    ],
    ['no examination', shape, admin.post(`${license(id)}/promote`, {})],
    ['certifying nobody', unknown, admin.post(`${license(nobody)}/promote`, exam)],
    ['statistics for a rival', foreign, rival.get(`${license(id)}/stats`)],
    ['expiry for a rival', foreign, rival.get(`${license(id)}/expiry`)],
    ['renewal by a rival', foreign, rival.post(`${license(id)}/renew`)],
    ['renewal by a stranger', foreign, stranger.post(`${license(id)}/renew`)],
    ['expiry of nobody', unknown, admin.get(`${license(nobody)}/expiry`)],
  ])
  prove('hours and validity: wrong refusals', wrong).isEmpty()
  prove('the licence after them', await licenseState(sql, student.id)).equals(before)
}
