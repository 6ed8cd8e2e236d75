import type { HttpResponse } from 'etalon'
import type { Scene } from './api-scene.ts'
import { differences, wronglyRefused } from '../contract.ts'
import { licenseState } from '../license-state.ts'
import { placeOf, type Specialization } from '../license.ts'

type Row = Readonly<Record<string, unknown>>

/** What is particular to issuing one specialization's licences. */
interface Issuing {
  readonly specialization: Specialization
  /** Columns of a licence that was just issued. */
  readonly fresh: Row
  /** Bodies that are refused, each with what it is and the answer. */
  readonly refused?: readonly (readonly [what: string, expected: string, body: unknown])[]
}

/** Proves that licences are issued and read as documented; gives the student's. */
export async function proveIssuing(
  { system, sql, prove, contract, admin, student, rival }: Scene,
  { specialization, fresh, refused = [] }: Issuing,
): Promise<number> {
  const { path, licenses } = placeOf[specialization]
  const endpoint = `${path.replace('/api/v1', '')}/licenses`
  const made = await contract.call<Row & { id: number }>(student, `POST ${endpoint}`)
  const row = await sql.one<Row>(`select * from ${licenses} where user_id = $1`, [student.id])
  prove('the new licence, told and kept', differences(made, row)).isEmpty()
  prove('the new licence', row).holds({ is_active: true, ...fresh })
  const own = await contract.call<Row>(student, `GET ${endpoint}/me`)
  prove('the own licence, told and kept', differences(own, row)).isEmpty()

  const issue = (by: typeof rival, body?: unknown): PromiseLike<HttpResponse> =>
    by.post(`${path}/licenses`, body)
  const wrong = await wronglyRefused([
    ['without a token', '401 LFA_UNAUTHENTICATED', system.anonymous.post(`${path}/licenses`)],
    ['a second licence', '409 LFA_LICENSE_EXISTS', issue(student)],
    ['for somebody else', '403 LFA_FORBIDDEN', issue(rival, { user_id: student.id })],
    ['for nobody', '404 LFA_USER_UNKNOWN', issue(admin, { user_id: 999_999_999 })],
    ['with a level', '422 LFA_VALIDATION_FAILED', issue(rival, { current_level: 8 })],
    ['for a word', '422 LFA_VALIDATION_FAILED', issue(admin, { user_id: 'me' })],
    [
      'reading without a token',
      '401 LFA_UNAUTHENTICATED',
      system.anonymous.get(`${path}/licenses/me`),
    ],
    ['reading without a licence', '404 LFA_LICENSE_UNKNOWN', rival.get(`${path}/licenses/me`)],
    ...refused.map(([what, expected, body]) => [what, expected, issue(rival, body)] as const),
  ])
  prove('issuing: wrong refusals', wrong).isEmpty()
  prove('licences of those who were refused', (await licenseState(sql, rival.id)).size).equals(0)
  return made.id
}
