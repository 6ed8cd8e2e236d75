import { claim, type HttpResponse } from 'etalon'
import { openScene, proveContract, type Scene } from './api-scene.ts'
import { differences, wronglyRefused } from '../contract.ts'
import { proveCredits } from './crediting.ts'
import { proveIssuing } from './issuing.ts'
import { licenseState } from '../license-state.ts'

type Row = Readonly<Record<string, unknown>>

claim('LFA-API-01', async (context) => {
  const scene = await openScene(context, 'api-player')
  const id = await proveIssuing(scene, {
    specialization: 'LFA_PLAYER',
    fresh: { age_group: 'AMATEUR', credit_balance: 0, overall_avg: 0 },
    refused: [
      ['too old for the group', '400 LFA_AGE_NOT_ALLOWED', { age_group: 'PRE' }],
      ['an unknown group', '422 LFA_VALIDATION_FAILED', { age_group: 'OLD' }],
    ],
  })
  await proveSkills(scene, id)
  await proveCredits(scene, 'LFA_PLAYER', id)
  await proveTransactions(scene, id)
  proveContract(scene, [
    'POST /lfa-player/licenses',
    'GET /lfa-player/licenses/me',
    'PUT /lfa-player/licenses/{id}/skills',
    'POST /lfa-player/credits/purchase',
    'POST /lfa-player/credits/spend',
    'GET /lfa-player/credits/balance',
    'GET /lfa-player/credits/transactions',
  ])
})

async function proveSkills(scene: Scene, id: number): Promise<void> {
  const { sql, prove, contract, admin, student } = scene
  const six = [75.5, 80, 72, 85, 70, 78]
  const names = ['heading', 'shooting', 'crossing', 'passing', 'dribbling', 'ball_control']
  const body = Object.fromEntries(names.map((name, at) => [`${name}_avg`, six[at]]))
  const assess = (skills: Row): Promise<Row> =>
    contract.call<Row>(admin, 'PUT /lfa-player/licenses/{id}/skills', {
      path: { id },
      body: skills,
    })
  prove('overall average of the six', (await assess(body))['overall_avg']).equals(76.75)
  const changed = await assess({ heading_avg: 100 })
  const row = await sql.one<Row>('select * from lfa_player_licenses where id = $1', [id])
  prove('skills after one more, told and kept', differences(changed, row)).isEmpty()
  prove('the skills that were not sent', row).holds({ ...body, heading_avg: 100 })
  const kept = await sql.rows<Row>(
    'select assessed_by, overall_avg from skill_assessments where license_id = $1 order by id',
    [id],
  )
  prove('assessments on record', kept).equals([
    { assessed_by: admin.id, overall_avg: 76.75 },
    { assessed_by: admin.id, overall_avg: 80.83 },
  ])

  const before = await licenseState(sql, student.id)
  const put = (skills: Row, by = admin, of = id): PromiseLike<HttpResponse> =>
    by.put(`/api/v1/lfa-player/licenses/${of}/skills`, skills)
  const shape = '422 LFA_VALIDATION_FAILED'
  const wrong = await wronglyRefused([
    ['above 100', shape, put({ heading_avg: 100.01 })],
    ['below 0', shape, put({ heading_avg: -0.01 })],
    ['none at all', shape, put({})],
    ['an unknown skill', shape, put({ jumping_avg: 5 })],
    ['the average itself', shape, put({ overall_avg: 5 })],
    ['by the student', '403 LFA_FORBIDDEN', put({ heading_avg: 1 }, student)],
    ['of nobody', '404 LFA_LICENSE_UNKNOWN', put({ heading_avg: 1 }, admin, 999_999_999)],
  ])
  prove('skills: wrong refusals', wrong).isEmpty()
  prove('the licence after them', await licenseState(sql, student.id)).equals(before)
}

async function proveTransactions(
  { sql, prove, contract, student, rival }: Scene,
  id: number,
): Promise<void> {
  const path = '/lfa-player/credits/transactions'
  const page = await contract.call<{ items: Row[]; total: number }>(student, `GET ${path}`)
  const rows = await sql.rows<Row>(
    'select * from lfa_player_credit_transactions where license_id = $1 order by id desc',
    [id],
  )
  const untrue = page.items.flatMap((item, at) => differences(item, rows[at] ?? {}))
  prove('transactions', page.total).equals(2)
  prove('transactions, told and kept', untrue).isEmpty()
  const pending = await contract.call<{ total: number }>(student, `GET ${path}`, {
    query: { payment_verified: 'false' },
  })
  prove('transactions that wait for verification', pending.total).equals(0)
  const read = (query: string): PromiseLike<HttpResponse> => rival.get(`/api/v1${path}?${query}`)
  const wrong = await wronglyRefused([
    ["somebody else's", '403 LFA_LICENSE_FOREIGN', read(`license_id=${id}`)],
    ['a page of 201', '422 LFA_VALIDATION_FAILED', read('page_size=201')],
    ['page 0', '422 LFA_VALIDATION_FAILED', read('page=0')],
  ])
  prove('transactions: wrong refusals', wrong).isEmpty()
}
