import type { HttpResponse } from 'etalon'
import type { Scene } from './api-scene.ts'
import { differences, wronglyRefused } from '../contract.ts'
import type { CreditSpecialization } from '../credit.ts'
import { licenseState } from '../license-state.ts'
import { placeOf } from '../license.ts'
import { personOf } from '../person.ts'
import { enrollIn, planSeason } from '../season.ts'

type Row = Readonly<Record<string, unknown>>

interface Told {
  readonly transaction: Row & { readonly id: number }
  readonly credit_balance: number
}

/** The student's licence, and the enrolment that its credits are to pay for. */
interface Purse {
  readonly specialization: CreditSpecialization
  readonly licenseId: number
  readonly enrollmentId: number
}

/** Proves that credits are bought, counted and spent as documented. */
export async function proveCredits(
  scene: Scene,
  specialization: CreditSpecialization,
  licenseId: number,
): Promise<void> {
  const { system, random, admin, student } = scene
  const instructor = await personOf(system, 'instructor:credits')
  const plan = { specialization, instructor, costCredits: 1_000, sessions: 0 }
  const season = await planSeason(admin, random, plan)
  const enrollmentId = await enrollIn(season, { holder: student, licenseId, admin })
  const purse = { specialization, licenseId, enrollmentId }
  await proveSpending(scene, purse)
  await proveRefusals(scene, purse)
}

async function proveSpending(
  { sql, prove, contract, admin, student }: Scene,
  { specialization, licenseId, enrollmentId }: Purse,
): Promise<void> {
  const { path, licenses } = placeOf[specialization]
  const endpoint = `${path.replace('/api/v1', '')}/credits`
  const reference = { payment_reference_code: 'REF', payment_proof_url: 'https://pay.example/1' }
  const bought = await contract.call<Told>(student, `POST ${endpoint}/purchase`, {
    body: { amount: 700, ...reference },
  })
  const balance = (): Promise<Row> => contract.call<Row>(student, `GET ${endpoint}/balance`)
  prove('the purchase', { ...bought.transaction, balance: bought.credit_balance }).holds({
    ...reference,
    type: 'PURCHASE',
    amount: 700,
    payment_verified: false,
    balance: 0,
  })
  prove('balance after the purchase', await balance()).holds({
    license_id: licenseId,
    credit_balance: 0,
    pending_credits: 700,
  })
  await admin.post(`${path}/credits/${bought.transaction.id}/verify`).expect(200)
  const spent = await contract.call<Told>(student, `POST ${endpoint}/spend`, {
    body: { enrollment_id: enrollmentId, amount: 500 },
  })
  prove('balance told by the spend', spent.credit_balance).equals(200)
  prove('balance after it', await balance()).holds({ credit_balance: 200, pending_credits: 0 })
  const rows = await sql.rows<Row>(
    `select * from ${licenses.replace('_licenses', '_credit_transactions')}
     where license_id = $1 order by id desc`,
    [licenseId],
  )
  prove(
    'types and amounts in the ledger',
    rows.map(({ type, amount }) => [type, amount]),
  ).equals([
    ['SPENT', -500],
    ['PURCHASE', 700],
  ])
  prove('the spend, told and kept', differences(spent.transaction, rows[0] ?? {})).isEmpty()
}

async function proveRefusals(
  { sql, prove, student, rival }: Scene,
  { specialization, licenseId, enrollmentId }: Purse,
): Promise<void> {
  const path = `${placeOf[specialization].path}/credits`
  const before = await licenseState(sql, student.id)
  const buy = (further: Row, by = student): PromiseLike<HttpResponse> =>
    by.post(`${path}/purchase`, { amount: 5, ...further })
  const spend = (further: Row, by = student): PromiseLike<HttpResponse> =>
    by.post(`${path}/spend`, { enrollment_id: enrollmentId, amount: 1, ...further })
  const shape = '422 LFA_VALIDATION_FAILED'
  const foreign = '403 LFA_LICENSE_FOREIGN'
  const wrong = await wronglyRefused([
    ['buying nothing', shape, buy({ amount: 0 })],
    ['buying less than nothing', shape, buy({ amount: -5 })],
    ['buying a half', shape, buy({ amount: 1.5 })],
    ['a short reference', shape, buy({ payment_reference_code: 'RE' })],
    ['a proof that is not on the web', shape, buy({ payment_proof_url: 'ftp://pay.example' })],
    ['buying without a licence', '404 LFA_LICENSE_UNKNOWN', buy({}, rival)],
    ['buying for somebody else', foreign, buy({ license_id: licenseId }, rival)],
    ['spending one too many', '400 LFA_CREDITS_INSUFFICIENT', spend({ amount: 201 })],
    ['spending more than is left to pay', '400 LFA_PRICE_EXCEEDED', spend({ amount: 501 })],
    ['spending nothing', shape, spend({ amount: 0 })],
    ["spending somebody else's", foreign, spend({}, rival)],
    ['spending on nothing', '404 LFA_ENROLLMENT_UNKNOWN', spend({ enrollment_id: 999_999_999 })],
    ["reading somebody else's", foreign, rival.get(`${path}/balance?license_id=${licenseId}`)],
    ['reading without a licence', '404 LFA_LICENSE_UNKNOWN', rival.get(`${path}/balance`)],
  ])
  prove('credits: wrong refusals', wrong).isEmpty()
  prove('the licence after the refusals', await licenseState(sql, student.id)).equals(before)
}
