import { claim, type HttpResponse } from 'etalon'
import { openScene, proveContract, type Scene } from './api-scene.ts'
import { differences, wronglyRefused } from '../contract.ts'
import { buyCredits } from '../credit.ts'
import { proveCredits } from './crediting.ts'
import { proveIssuing } from './issuing.ts'
import { licenseState } from '../license-state.ts'
import { personOf } from '../person.ts'

type Row = Readonly<Record<string, unknown>>

claim('LFA-API-03', async (context) => {
  const scene = await openScene(context, 'api-internship')
  const id = await proveIssuing(scene, {
    specialization: 'INTERNSHIP',
    fresh: { total_xp: 0, current_level: 1, max_achieved_level: 1, credit_balance: 0 },
  })
  await proveXp(scene, id)
  await proveCredits(scene, 'INTERNSHIP', id)
  await proveValidity(scene, id)
  await proveRefusals(scene, id)
  proveContract(scene, [
    'POST /internship/licenses',
    'GET /internship/licenses/me',
    'POST /internship/xp',
    'GET /internship/licenses/{id}/expiry',
    'POST /internship/licenses/{id}/renew',
    'POST /internship/credits/purchase',
    'POST /internship/credits/spend',
    'GET /internship/credits/balance',
  ])
})

function rowOf({ sql }: Scene, id: number): Promise<Row> {
  return sql.one<Row>(
    `select *, expires_at = created_at + interval '15 months' as is_first_term,
       expires_at = created_at + interval '30 months' as is_second_term
     from internship_licenses where id = $1`,
    [id],
  )
}

async function proveXp(scene: Scene, id: number): Promise<void> {
  const { sql, prove, contract, admin } = scene
  const grant = (xp_gained: number): Promise<Row> =>
    contract.call<Row>(admin, 'POST /internship/xp', {
      body: { license_id: id, xp_gained, source: 'PROJECT', description: 'a project' },
    })
  prove('a grant of 999', await grant(999)).holds({
    license_id: id,
    xp_gained: 999,
    source: 'PROJECT',
    total_xp: 999,
    old_level: 1,
    new_level: 1,
    levels_gained: 0,
    leveled_up: false,
  })
  const second = await grant(1_501)
  prove('a grant of 1,501 more', second).holds({
    total_xp: 2_500,
    old_level: 1,
    new_level: 3,
    levels_gained: 2,
    leveled_up: true,
  })
  prove('XP and level kept', await rowOf(scene, id)).holds({
    total_xp: 2_500,
    current_level: 3,
    max_achieved_level: 3,
  })
  const entry = await sql.one<Row>('select * from xp_transactions where id = $1', [
    second['transaction_id'],
  ])
  prove('the entry of the ledger', entry).holds({
    license_id: id,
    amount: 1_501,
    balance_after: 2_500,
    source: 'PROJECT',
    description: 'a project',
    granted_by: admin.id,
  })
}

async function proveValidity(scene: Scene, id: number): Promise<void> {
  const { prove, contract, admin, student } = scene
  const expiry = (): Promise<Row> =>
    contract.call<Row>(student, 'GET /internship/licenses/{id}/expiry', { path: { id } })
  const row = await rowOf(scene, id)
  const first = await expiry()
  const daysLeft = Math.ceil(((row['expires_at'] as Date).getTime() - Date.now()) / 86_400_000)
  prove('valid for 15 months', row['is_first_term']).equals(true)
  prove('the expiry, told and kept', differences(first, row)).isEmpty()
  prove('the expiry', first).holds({ license_id: id, status: 'active', notices: [] })
  prove('days left', first['days_remaining'] as number).equals(daysLeft)

  const renew = `/api/v1/internship/licenses/${id}/renew`
  const wrong = await wronglyRefused([
    ['without enough credits', '400 LFA_CREDITS_INSUFFICIENT', student.post(renew)],
  ])
  prove('renewal with 200 credits: wrong refusals', wrong).isEmpty()
  prove('the licence after the refusal', differences(await expiry(), row)).isEmpty()
  await buyCredits({ holder: student, admin }, 'INTERNSHIP', 1_000)
  const renewed = await contract.call<Row>(student, 'POST /internship/licenses/{id}/renew', {
    path: { id },
  })
  const after = await rowOf(scene, id)
  prove('the renewal, told and kept', differences(renewed, after)).isEmpty()
  prove('valid for 15 months more', after['is_second_term']).equals(true)
  prove('credits after it', after['credit_balance']).equals(200)
}

async function proveRefusals(scene: Scene, id: number): Promise<void> {
  const { system, sql, prove, admin, student, rival } = scene
  const stranger = await personOf(system, 'instructor:api-internship')
  const before = await licenseState(sql, student.id)
  const grant = (further: Row, by = admin): PromiseLike<HttpResponse> =>
    by.post('/api/v1/internship/xp', { license_id: id, xp_gained: 5, ...further })
  const license = (of: number | string): string => `/api/v1/internship/licenses/${of}`
  const [shape, foreign] = ['422 LFA_VALIDATION_FAILED', '403 LFA_LICENSE_FOREIGN']
  const unknown = '404 LFA_LICENSE_UNKNOWN'
  const wrong = await wronglyRefused([
    ['no XP', shape, grant({ xp_gained: 0 })],
    ['less than no XP', shape, grant({ xp_gained: -1 })],
    ['a half', shape, grant({ xp_gained: 0.5 })],
    ['the name of another API', shape, grant({ xp_change: 5 })],
    ['an unknown source', shape, grant({ source: 'LUCK' })],
    ['XP by the student', '403 LFA_FORBIDDEN', grant({}, student)],
    ['XP by a stranger', foreign, grant({}, stranger)],
    ['XP of nobody', unknown, grant({ license_id: 999_999_999 })],
    ['expiry for a rival', foreign, rival.get(`${license(id)}/expiry`)],
    ['expiry of nobody', unknown, admin.get(`${license(999_999_999)}/expiry`)],
    ['renewal by a rival', foreign, rival.post(`${license(id)}/renew`)],
    ['renewal by a stranger', foreign, stranger.post(`${license(id)}/renew`)],
    ['renewal of nobody', unknown, admin.post(`${license(999_999_999)}/renew`)],
    ['renewal with a wish', shape, student.post(`${license(id)}/renew`, { months: 60 })],
  ])
  prove('XP and validity: wrong refusals', wrong).isEmpty()
  prove('the licence after them', await licenseState(sql, student.id)).equals(before)
}
