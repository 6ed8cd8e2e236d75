import type { Random } from 'etalon'
import type { LicenseIds } from '../license.ts'
import type { Person } from '../person.ts'
import { askPromotion } from '../promotion-request.ts'
import { enrollIn, planSeason } from '../season.ts'

const api = '/api/v1'
const override_reason = 'recognised elsewhere'

export type Fields = Readonly<Record<string, unknown>>

/** An entry of the audit log. */
export interface Entry {
  readonly action: string
  readonly entity: string
  readonly entity_id: number
  readonly before: Fields | null
  readonly after: Fields | null
}

/** Something an admin does, and what has to be on record of it; null where there was nothing. */
export interface Deed extends Entry {
  readonly what: string
}

/** Makes an account, changes it and deletes it. */
export async function keepAccounts(admin: Person, random: Random): Promise<Deed[]> {
  const account = { email: `${random.text(10)}@lfa.example`, name: 'Somebody', role: 'STUDENT' }
  const made = await admin.post<{ id: number }>(`${api}/users`, account).expect(201)
  const entity_id = made.body.id
  await admin.patch(`${api}/users/${entity_id}`, { role: 'ADMIN' }).expect(200)
  await admin.delete(`${api}/users/${entity_id}`).expect(204)
  const of = { entity: 'user', entity_id }
  const promoted = { ...account, role: 'ADMIN' }
  return [
    { what: 'a new account', action: 'user.create', ...of, before: null, after: account },
    { what: 'a new role', action: 'user.change', ...of, before: account, after: promoted },
    { what: 'a deleted account', action: 'user.delete', ...of, before: promoted, after: null },
  ]
}

/** Plans a semester with a session, and changes both. */
export async function planSemester(admin: Person, random: Random): Promise<Deed[]> {
  const plan = {
    code: random.text(10),
    name: 'Audited',
    specialization_type: 'COACH',
    start_date: '2026-01-01',
    end_date: '2026-06-30',
    status: 'DRAFT',
    cost_credits: 10,
  }
  const made = await admin.post<{ id: number }>(`${api}/semesters`, plan).expect(201)
  const semester_id = made.body.id
  await admin.patch(`${api}/semesters/${semester_id}`, { cost_credits: 20 }).expect(200)
  const first = { semester_id, session_type: 'ON_SITE', capacity: 5 }
  const session = await admin
    .post<{ id: number }>(`${api}/sessions`, {
      ...first,
      starts_at: '2026-02-01T10:00:00Z',
      ends_at: '2026-02-01T11:00:00Z',
    })
    .expect(201)
  await admin.patch(`${api}/sessions/${session.body.id}`, { capacity: 6 }).expect(200)
  const of = { entity: 'semester', entity_id: semester_id }
  const at = { entity: 'session', entity_id: session.body.id }
  const dearer = { ...plan, cost_credits: 20 }
  const larger = { ...first, capacity: 6 }
  return [
    { what: 'a semester', action: 'semester.create', ...of, before: null, after: plan },
    { what: 'its price', action: 'semester.change', ...of, before: plan, after: dearer },
    { what: 'a session', action: 'session.create', ...at, before: null, after: first },
    { what: 'its places', action: 'session.change', ...at, before: first, after: larger },
  ]
}

/** Adds to what licences can show, and changes their levels. */
export async function raiseLevels(admin: Person, ids: LicenseIds): Promise<Deed[]> {
  const { GANCUJU, INTERNSHIP, COACH, LFA_PLAYER } = ids
  const belt = { specialization: 'GANCUJU', licenseId: GANCUJU } as const
  const post = (path: string, body: object) => admin.post(`${api}/${path}`, body).expect(200)
  await post('gancuju/competitions', { license_id: GANCUJU, won: true })
  await askPromotion(admin, belt, { override_reason }).expect(200)
  await post(`gancuju/licenses/${GANCUJU}/demote`, { reason: 'a fight' })
  await post('internship/xp', { license_id: INTERNSHIP, xp_gained: 700, source: 'QUIZ' })
  await post('internship/xp', { license_id: INTERNSHIP, xp_gained: 21_800 })
  await post(`internship/licenses/${INTERNSHIP}/approve-capstone`, {})
  await post('coach/theory-hours', { license_id: COACH, hours: 7 })
  const skills = `${api}/lfa-player/licenses/${LFA_PLAYER}/skills`
  await admin.put(skills, { heading_avg: 60 }).expect(200)
  const of = (entity_id: number) => ({ entity: 'license', entity_id })
  const level = (current_level: number) => ({ current_level })
  const grant = { action: 'xp.grant', ...of(INTERNSHIP) }
  return [
    {
      what: 'a win',
      action: 'record.credit',
      ...of(GANCUJU),
      before: { competitions_entered: 0, competitions_won: 0, win_rate: 0 },
      after: { competitions_entered: 1, competitions_won: 1, win_rate: 100 },
    },
    {
      what: 'a belt',
      action: 'license.promote',
      ...of(GANCUJU),
      before: level(1),
      after: { ...level(2), reason: override_reason, is_override: true },
    },
    {
      what: 'a lost belt',
      action: 'license.demote',
      ...of(GANCUJU),
      before: level(2),
      after: { ...level(1), reason: 'a fight', is_override: false },
    },
    {
      what: 'XP',
      ...grant,
      before: { total_xp: 0 },
      after: { total_xp: 700, amount: 700, source: 'QUIZ' },
    },
    { what: 'more XP', ...grant, before: { total_xp: 700 }, after: { total_xp: 22_500 } },
    {
      what: 'a capstone',
      action: 'license.approve-capstone',
      ...of(INTERNSHIP),
      before: { capstone_approved_at: null },
      after: {},
    },
    {
      what: 'hours',
      action: 'hours.credit',
      ...of(COACH),
      before: { theory_hours: 0, practice_hours: 0, teaching_hours: 0 },
      after: { theory_hours: 7, practice_hours: 0, teaching_hours: 0 },
    },
    {
      what: 'skills',
      action: 'skills.assess',
      ...of(LFA_PLAYER),
      before: { overall_avg: 0 },
      after: { overall_avg: 10 },
    },
  ]
}

/** Verifies a payment, renews a licence with it, and deletes another. */
export async function handlePayments(
  admin: Person,
  holder: Person,
  ids: LicenseIds,
): Promise<Deed[]> {
  const bought = await holder
    .post<{ transaction: { id: number } }>(`${api}/internship/credits/purchase`, { amount: 1_200 })
    .expect(201)
  const transaction_id = bought.body.transaction.id
  await admin.post(`${api}/internship/credits/${transaction_id}/verify`).expect(200)
  const license = `${api}/internship/licenses/${ids.INTERNSHIP}`
  const expiry = async (): Promise<string> =>
    (await admin.get<{ expires_at: string }>(license).expect(200)).body.expires_at
  const first = await expiry()
  await admin.post(`${license}/renew`).expect(200)
  const second = await expiry()
  await admin.delete(`${api}/licenses/${ids.COACH}`).expect(204)
  const of = { entity: 'license', entity_id: ids.INTERNSHIP }
  return [
    {
      what: 'a payment',
      action: 'credits.verify',
      ...of,
      before: { credit_balance: 0 },
      after: { credit_balance: 1_200, amount: 1_200, transaction_id },
    },
    {
      what: 'a renewal',
      action: 'license.renew',
      ...of,
      before: { expires_at: first },
      after: { expires_at: second },
    },
    {
      what: 'a deleted licence',
      action: 'license.delete',
      entity: 'license',
      entity_id: ids.COACH,
      before: { user_id: holder.id, theory_hours: 7, current_level: 1 },
      after: null,
    },
  ]
}

/** Verifies the payment of an enrolment and cancels it; somebody else has planned its season. */
export async function handleEnrollment(
  admin: Person,
  { planner, holder, ids }: { readonly planner: Person; holder: Person; ids: LicenseIds },
  random: Random,
): Promise<Deed[]> {
  const licenseId = ids.LFA_PLAYER
  const plan = { specialization: 'LFA_PLAYER', instructor: planner, sessions: 0 } as const
  const season = await planSeason(planner, random, plan)
  const entity_id = await enrollIn(season, { holder, licenseId, admin })
  const enrollment = `${api}/enrollments/${entity_id}`
  await admin.post(`${enrollment}/verify-payment`).expect(200)
  await admin.post(`${enrollment}/cancel`).expect(200)
  const of = { entity: 'enrollment', entity_id }
  const enrolled = { license_id: licenseId, status: 'ENROLLED', is_active: true }
  const unpaid = { ...enrolled, payment_verified: false }
  const paid = { ...enrolled, payment_verified: true }
  const cancelled = { status: 'CANCELLED', is_active: false }
  return [
    {
      what: 'a paid place',
      action: 'enrollment.verify-payment',
      ...of,
      before: unpaid,
      after: paid,
    },
    { what: 'a free place', action: 'enrollment.cancel', ...of, before: paid, after: cancelled },
  ]
}
