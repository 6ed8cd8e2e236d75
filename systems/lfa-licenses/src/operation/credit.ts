import { inTransaction, recordAudit, type Sql } from 'service-kit'
import { allowed, type Actor } from '../actor.ts'
import { creditsDue } from '../credit.ts'
import { fail } from '../error.ts'
import type { CreditAnswer, CreditTransaction } from '../schema/credit.ts'
import type { Enrollment } from '../schema/enrollment.ts'
import type { Semester } from '../schema/semester.ts'
import type { Service } from '../service.ts'
import type { CreditSpecialization } from '../specialization.ts'
import { ledgers } from '../store/credit.ts'
import { findEnrollment, lockEnrollment, verifyPayment } from '../store/enrollment.ts'
import { licenses } from '../store/license.ts'
import { shareSemester } from '../store/semester.ts'
import { addMonths } from '../validity.ts'
import { requireOpen } from './enrollment.ts'
import { lockLicense, ownLicense, readLicense, requireActive } from './license.ts'

/** Credits that somebody buys; paid outside, then verified by an admin. */
export interface Purchase {
  readonly license_id?: number | undefined
  readonly amount: number
  readonly payment_reference_code?: string | undefined
  readonly payment_proof_url?: string | undefined
}

/** Credits that pay for an enrolment. */
export interface Spend {
  readonly enrollment_id: number
  readonly amount: number
}

/** The licence whose credits are meant: the one named, else the caller's own. */
export async function creditLicenseId(
  service: Service,
  actor: Actor,
  specialization: CreditSpecialization,
  licenseId: number | undefined,
): Promise<number> {
  if (licenseId === undefined) return (await ownLicense(service, actor, specialization)).id
  return (await readLicense(service, actor, specialization, licenseId)).id
}

/** Enters a purchase; the balance rises when it is verified. */
export async function purchaseCredits(
  tx: Sql,
  { clock, domain }: Service,
  actor: Actor,
  of: {
    readonly specialization: CreditSpecialization
    readonly id: number
    readonly purchase: Purchase
    readonly key: string | null
  },
): Promise<CreditAnswer> {
  const { specialization, id, purchase, key } = of
  const now = clock.now()
  const [license] = await licenses[specialization].byId(tx, id, actor.id, now)
  allowed(actor, license, 'hold')
  const [row] = await ledgers[specialization].purchase(
    tx,
    id,
    purchase.amount,
    purchase.payment_reference_code ?? null,
    purchase.payment_proof_url ?? null,
    addMonths(now, domain.creditValidityMonths),
    actor.id,
    key,
    now,
  )
  return toAnswer(row)
}

/** Verifies the payment of a purchase and raises the balance, once; again it changes nothing. */
export async function verifyPurchase(
  service: Service,
  actor: Actor,
  specialization: CreditSpecialization,
  id: number,
): Promise<CreditAnswer> {
  const now = service.clock.now()
  return inTransaction(service.pool, async (tx) => {
    const [row] = await ledgers[specialization].verify(tx, id, actor.id, now)
    if (row === undefined) {
      const [earlier] = await ledgers[specialization].find(tx, id)
      if (earlier === undefined) throw fail('LFA_TRANSACTION_UNKNOWN')
      return toAnswer(earlier)
    }
    await recordAudit(tx, {
      actorId: actor.id,
      action: 'credits.verify',
      entity: 'license',
      entityId: row.license_id,
      before: { credit_balance: row.credit_balance - row.amount },
      after: { transaction_id: id, amount: row.amount, credit_balance: row.credit_balance },
      at: now,
    })
    return toAnswer(row)
  })
}

/**
 * Pays for an enrolment with credits of its own licence, while its semester is open and never more
 * than is left of the price. An enrolment whose price has been paid that way counts as verified.
 */
export async function spendCredits(
  tx: Sql,
  { clock }: Service,
  actor: Actor,
  wish: {
    readonly specialization: CreditSpecialization
    readonly spend: Spend
    readonly key: string | null
  },
): Promise<CreditAnswer> {
  const { specialization, spend, key } = wish
  const now = clock.now()
  const enrollment = await payableEnrollment(tx, actor, specialization, spend.enrollment_id)
  const [semester] = await shareSemester(tx, enrollment.semester_id)
  const left = creditsLeft(enrollment, requireOpen(semester, now))
  if (spend.amount > left) throw fail('LFA_PRICE_EXCEEDED', { left })
  const licenseId = enrollment.license_id
  const of = { id: licenseId, purpose: 'hold', now } as const
  const license = await lockLicense(tx, actor, specialization, of)
  requireActive(license, now)
  await expireCredits(tx, specialization, licenseId, now)
  const ledger = ledgers[specialization]
  const [row] = await ledger.spend(
    tx,
    licenseId,
    enrollment.enrollment_id,
    spend.amount,
    actor.id,
    key,
    now,
  )
  if (row === undefined) throw fail('LFA_CREDITS_INSUFFICIENT', { needed: spend.amount })
  if (spend.amount === left) {
    await verifyPayment[specialization](tx, enrollment.enrollment_id, null, now)
  }
  return toAnswer(row)
}

async function payableEnrollment(
  tx: Sql,
  actor: Actor,
  specialization: CreditSpecialization,
  id: number,
): Promise<Enrollment> {
  const seen = await findEnrollment(tx, id, actor.id)
  if (seen === undefined) throw fail('LFA_ENROLLMENT_UNKNOWN')
  allowed(actor, seen, 'hold')
  if (seen.specialization_type !== specialization) throw fail('LFA_SPECIALIZATION_MISMATCH')
  const enrollment = await lockEnrollment(tx, id, actor.id)
  if (enrollment?.status !== 'ENROLLED') throw fail('LFA_ENROLLMENT_CLOSED')
  return enrollment
}

/** What is left to pay; nothing once an admin has verified another payment. */
function creditsLeft(enrollment: Enrollment, { cost_credits }: Semester): number {
  return enrollment.payment_verified ? 0 : Math.max(0, cost_credits - enrollment.credits_spent)
}

/** Takes the credits out that have expired; for the holder of the licence's lock. */
export async function expireCredits(
  tx: Sql,
  specialization: CreditSpecialization,
  licenseId: number,
  now: Date,
): Promise<number> {
  const ledger = ledgers[specialization]
  const [totals] = await ledger.totals(tx, licenseId, now)
  const due = totals === undefined ? 0 : creditsDue(totals)
  if (due > 0) await ledger.expire(tx, licenseId, due, now)
  return due
}

function toAnswer(
  row: (CreditTransaction & { readonly credit_balance: number }) | undefined,
): CreditAnswer {
  if (row === undefined) throw fail('LFA_LICENSE_UNKNOWN')
  const { credit_balance, ...transaction } = row
  return { transaction, credit_balance }
}
