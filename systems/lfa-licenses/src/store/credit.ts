import { statement, type Sql, type Statement } from 'service-kit'
import type { CreditTotals } from '../credit.ts'
import type { CreditBalance, CreditTransaction } from '../schema/credit.ts'
import { namesOf, type CreditSpecialization } from '../specialization.ts'

const columns = `t.id, t.license_id, t.enrollment_id, t.type, t.amount, t.payment_verified,
  t.payment_verified_at, t.payment_reference_code, t.payment_proof_url, t.expires_at, t.created_at`

/** A ledger row, and the balance of its licence after it. */
type Entered = CreditTransaction & { readonly credit_balance: number }

type PurchaseValues = [
  licenseId: number,
  amount: number,
  referenceCode: string | null,
  proofUrl: string | null,
  expiresAt: Date,
  actorId: number,
  key: string | null,
  now: Date,
]

type SpendValues = [
  licenseId: number,
  enrollmentId: number,
  amount: number,
  actorId: number,
  key: string | null,
  now: Date,
]

/** The statements of one ledger that change it. */
interface CreditChanges {
  /** Enters a purchase that waits for its payment to be verified; the balance stays. */
  readonly purchase: Statement<Entered, PurchaseValues>
  /** Verifies a purchase and raises the balance; gives no row when that was done before. */
  readonly verify: Statement<Entered, [id: number, actorId: number, now: Date]>
  readonly find: Statement<Entered, [id: number]>
  /** Takes credits for an enrolment; gives no row when there are not enough. */
  readonly spend: Statement<Entered, SpendValues>
  readonly refund: Statement<
    Entered,
    [licenseId: number, enrollmentId: number, amount: number, actorId: number, now: Date]
  >
  /** Enters the credits that a renewal took from the balance. */
  readonly enterRenewal: Statement<
    never,
    [licenseId: number, amount: number, actorId: number, key: string | null, now: Date]
  >
  readonly expire: Statement<Entered, [licenseId: number, amount: number, now: Date]>
}

/** The statements of one ledger that read it. */
interface CreditReads {
  /** The totals from which the credits due to expire follow; for the holder of the lock. */
  readonly totals: Statement<CreditTotals, [licenseId: number, now: Date]>
  /** Licences that may have credits due to expire. */
  readonly expiring: Statement<{ license_id: number }, [now: Date]>
  readonly balance: Statement<CreditBalance, [licenseId: number, now: Date]>
  readonly page: Statement<
    CreditTransaction,
    [licenseId: number | null, verified: boolean | null, limit: number, offset: number]
  >
  count(sql: Sql, licenseId: number | null, verified: boolean | null): Promise<number>
}

function tablesOf(specialization: CreditSpecialization): {
  readonly prefix: string
  readonly ledger: string
  readonly licenses: string
} {
  const { prefix } = namesOf[specialization]
  return {
    prefix,
    ledger: `${prefix}_credit_transactions`,
    licenses: `${prefix}_licenses`,
  }
}

function changesFor(specialization: CreditSpecialization): CreditChanges {
  const { prefix, ledger, licenses } = tablesOf(specialization)
  // Every change of a balance and its ledger row are one statement, so they cannot part.
  const change = (delta: string, guard: string, row: string): string =>
    `with changed as (
       update ${licenses} l set credit_balance = l.credit_balance + (${delta})
       where l.id = $1 and ${guard} returning l.id, l.credit_balance
     ), entered as (
       insert into ${ledger} as t
         (license_id, type, amount, enrollment_id, created_by, idempotency_key,
          payment_verified, payment_verified_at, created_at)
       select id, ${row} from changed returning ${columns}
     )
     select t.*, changed.credit_balance from entered t, changed`
  return {
    purchase: statement(
      `${prefix}-credit-purchase`,
      `with t as (
         insert into ${ledger} as t
           (license_id, type, amount, payment_reference_code, payment_proof_url, expires_at,
            created_by, idempotency_key, created_at)
         values ($1, 'PURCHASE', $2, $3, $4, $5, $6, $7, $8) returning ${columns}
       )
       select t.*, l.credit_balance from t join ${licenses} l on l.id = t.license_id`,
    ),
    verify: statement(
      `${prefix}-credit-verify`,
      `with t as (
         update ${ledger} t
         set payment_verified = true, payment_verified_at = $3, payment_verified_by = $2
         where t.id = $1 and not t.payment_verified returning ${columns}
       ), credited as (
         update ${licenses} l set credit_balance = l.credit_balance + t.amount
         from t where l.id = t.license_id returning l.credit_balance
       )
       select t.*, credited.credit_balance from t, credited`,
    ),
    find: statement(
      `${prefix}-credit-find`,
      `select ${columns}, l.credit_balance from ${ledger} t
       join ${licenses} l on l.id = t.license_id where t.id = $1 and t.type = 'PURCHASE'`,
    ),
    spend: statement(
      `${prefix}-credit-spend`,
      change(
        '-$3::integer',
        'l.credit_balance >= $3',
        `'SPENT', -$3::integer, $2, $4, $5, true, $6, $6`,
      ),
    ),
    refund: statement(
      `${prefix}-credit-refund`,
      change('$3::integer', 'true', `'REFUND', $3::integer, $2, $4, null, true, $5, $5`),
    ),
    enterRenewal: statement(
      `${prefix}-credit-renewal`,
      `insert into ${ledger}
         (license_id, type, amount, created_by, idempotency_key, payment_verified,
          payment_verified_at, created_at)
       values ($1, 'RENEWAL', -$2::integer, $3, $4, true, $5, $5)`,
    ),
    expire: statement(
      `${prefix}-credit-expire`,
      change('-$2::integer', 'true', `'EXPIRED', -$2::integer, null, null, null, true, $3, $3`),
    ),
  }
}

function readsFor(specialization: CreditSpecialization): CreditReads {
  const { prefix, ledger, licenses } = tablesOf(specialization)
  const filter = `($1::bigint is null or t.license_id = $1)
    and ($2::boolean is null or t.payment_verified = $2)`
  const counted = statement<{ total: number }, [number | null, boolean | null]>(
    `${prefix}-credit-count`,
    `select count(*) as total from ${ledger} t where ${filter}`,
  )
  return {
    totals: statement(
      `${prefix}-credit-totals`,
      `select
         coalesce(sum(amount) filter (
           where type = 'PURCHASE' and expires_at <= $2), 0)::integer as "expiredPurchases",
         coalesce(-sum(amount) filter (where amount < 0), 0)::integer as taken,
         coalesce(sum(amount) filter (where type = 'REFUND'), 0)::integer as refunded
       from ${ledger} where license_id = $1 and payment_verified`,
    ),
    expiring: statement(
      `${prefix}-credit-expiring`,
      `select distinct t.license_id from ${ledger} t
       join ${licenses} l on l.id = t.license_id and l.credit_balance > 0
       where t.payment_verified and t.expires_at <= $1 order by t.license_id`,
    ),
    balance: statement(
      `${prefix}-credit-balance`,
      `select l.id as license_id, l.credit_balance,
         coalesce(sum(t.amount) filter (where not t.payment_verified), 0)::integer
           as pending_credits,
         min(t.expires_at) filter (where t.payment_verified and t.expires_at > $2)
           as next_expiry_at
       from ${licenses} l left join ${ledger} t on t.license_id = l.id
       where l.id = $1 group by l.id`,
    ),
    page: statement(
      `${prefix}-credit-page`,
      `select ${columns} from ${ledger} t where ${filter} order by t.id desc limit $3 offset $4`,
    ),
    async count(sql, licenseId, verified) {
      return (await counted(sql, licenseId, verified))[0]?.total ?? 0
    },
  }
}

/** The two ledgers; credits of one never reach the other. */
export const ledgers: Readonly<Record<CreditSpecialization, CreditChanges & CreditReads>> = {
  LFA_PLAYER: { ...changesFor('LFA_PLAYER'), ...readsFor('LFA_PLAYER') },
  INTERNSHIP: { ...changesFor('INTERNSHIP'), ...readsFor('INTERNSHIP') },
}
