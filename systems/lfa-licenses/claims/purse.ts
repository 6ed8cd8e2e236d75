import type { HttpClient, Random } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import type { CreditSpecialization } from './credit.ts'
import { issueLicense, placeOf } from './license.ts'
import type { Person } from './person.ts'
import { enrollIn, planSeason, type Season } from './season.ts'

/** A licence with credits, and the unpaid enrolment that they are to pay for. */
export interface Purse {
  readonly licenseId: number
  readonly season: Season
  readonly enrollmentId: number
}

/** What the service tells of a balance. */
export interface Balance {
  readonly credit_balance: number
  readonly pending_credits: number
}

/** Issues a licence to the holder and enrols it in a season of its own. */
export async function openPurse(
  specialization: CreditSpecialization,
  { holder, admin, random }: { holder: Person; admin: Person; random: Random },
): Promise<Purse> {
  const licenseId = await issueLicense(holder, specialization)
  const plan = { specialization, instructor: admin, costCredits: 20_000, sessions: 0 }
  const season = await planSeason(admin, random, plan)
  const enrollmentId = await enrollIn(season, { holder, licenseId, admin })
  return { licenseId, season, enrollmentId }
}

/** Enters a purchase; without a licence in the body, for the caller's own. */
export function purchase(
  by: HttpClient,
  specialization: CreditSpecialization,
  body: Readonly<Record<string, unknown>>,
): PendingResponse<Balance> {
  return by.post(`${placeOf[specialization].path}/credits/purchase`, body)
}

/** Pays for an enrolment with credits of the specialization. */
export function spend(
  by: HttpClient,
  specialization: CreditSpecialization,
  enrollment_id: number,
  amount: number,
): PendingResponse<Balance> {
  return by.post(`${placeOf[specialization].path}/credits/spend`, { enrollment_id, amount })
}

/** The balance of the holder's own licence. */
export async function balanceOf(
  holder: Person,
  specialization: CreditSpecialization,
): Promise<Balance> {
  const path = `${placeOf[specialization].path}/credits/balance`
  return (await holder.get<Balance>(path).expect(200)).body
}
