import type { Sql, SystemHandle } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { buyCredits } from './credit.ts'
import { issueLicense, placeOf } from './license.ts'
import { personOf, type Person } from './person.ts'

/** The specializations whose licences expire. */
export const expiringSpecializations = ['INTERNSHIP', 'COACH'] as const

export type ExpiringSpecialization = (typeof expiringSpecializations)[number]

/** Calendar months for which each licence is good. */
export const validityMonths = { INTERNSHIP: 15, COACH: 24 } as const

/** What the service tells of a licence's expiry. */
export interface Expiry {
  readonly status: string
  readonly expires_at: string
  readonly days_remaining: number
  readonly is_active: boolean
  readonly notices: readonly { readonly days_before: number }[]
}

/** A licence that expires, and whose it is. */
export interface ExpiringLicense {
  readonly specialization: ExpiringSpecialization
  readonly holder: Person
  readonly licenseId: number
}

/** Issues a licence; an internship with credits for this many renewals. */
export async function issueExpiring(
  system: SystemHandle,
  specialization: ExpiringSpecialization,
  { holder: name, renewals = 0 }: { readonly holder: string; readonly renewals?: number },
): Promise<ExpiringLicense> {
  const holder = await personOf(system, name)
  const licenseId = await issueLicense(holder, specialization)
  if (specialization === 'INTERNSHIP' && renewals > 0) {
    const admin = await personOf(system, 'admin:treasurer')
    await buyCredits({ holder, admin }, specialization, renewals * 1_000)
  }
  return { specialization, holder, licenseId }
}

/** What the holder is told of the expiry. */
export async function expiryOf(license: ExpiringLicense): Promise<Expiry> {
  const { specialization, holder, licenseId } = license
  const path = `${placeOf[specialization].path}/licenses/${licenseId}/expiry`
  return (await holder.get<Expiry>(path).expect(200)).body
}

/** Asks for a renewal. */
export function renew(
  { specialization, holder, licenseId }: ExpiringLicense,
  key?: string,
): PendingResponse<Readonly<Record<string, unknown>>> {
  const headers = key === undefined ? {} : { 'idempotency-key': key }
  const path = `${placeOf[specialization].path}/licenses/${licenseId}/renew`
  return holder.post(path, undefined, { headers })
}

/** Adds something to the licence, which an inactive or expired one refuses. */
export function useLicense(
  by: Person,
  { specialization, licenseId: license_id }: ExpiringLicense,
): PendingResponse<unknown> {
  return specialization === 'INTERNSHIP'
    ? by.post('/api/v1/internship/xp', { license_id, xp_gained: 1 })
    : by.post('/api/v1/coach/theory-hours', { license_id, hours: 1 })
}

/** Gives the licence another expiry, as no door of the service does. */
export async function setExpiry(
  sql: Sql,
  { specialization, licenseId }: ExpiringLicense,
  expiresAt: Date | string,
): Promise<void> {
  const { licenses } = placeOf[specialization]
  await sql.run(`update ${licenses} set expires_at = $2 where id = $1`, [licenseId, expiresAt])
}

/** Leaves the licence as the expiry job leaves one that has expired. */
export async function deactivate(
  sql: Sql,
  { specialization, licenseId }: ExpiringLicense,
): Promise<void> {
  const marked = specialization === 'COACH' ? ', is_expired = true' : ''
  const { licenses } = placeOf[specialization]
  await sql.run(`update ${licenses} set is_active = false${marked} where id = $1`, [licenseId])
}

/** The row of the licence. */
export function licenseRow(
  sql: Sql,
  { specialization, licenseId }: ExpiringLicense,
): Promise<{ created_at: Date; expires_at: Date; is_active: boolean; is_expired?: boolean }> {
  return sql.one(`select * from ${placeOf[specialization].licenses} where id = $1`, [licenseId])
}
