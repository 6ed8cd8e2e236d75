import type { Sql } from 'etalon'
import type { CreditSpecialization } from './credit.ts'
import { refusals, type Attempt } from './database-refusal.ts'
import { placeOf } from './license.ts'

/** Where the credit transactions of each specialization are. */
export const ledgerOf = {
  LFA_PLAYER: 'lfa_player_credit_transactions',
  INTERNSHIP: 'internship_credit_transactions',
} as const

/** A licence whose balance is not the sum of its verified transactions. */
export interface Imbalance {
  readonly license_id: number
  readonly credit_balance: number
  readonly booked: number
}

/** Compares the balance of every licence with its ledger. */
export async function imbalances(
  sql: Sql,
): Promise<{ readonly compared: number; readonly wrong: readonly Imbalance[] }> {
  const licenses = (['LFA_PLAYER', 'INTERNSHIP'] as const).map(
    (name) => `select l.id as license_id, l.credit_balance,
        (select coalesce(sum(t.amount), 0)::integer from ${ledgerOf[name]} t
         where t.license_id = l.id and t.payment_verified) as booked
      from ${placeOf[name].licenses} l`,
  )
  const rows = await sql.rows<Imbalance>(licenses.join(' union all '))
  return { compared: rows.length, wrong: rows.filter((row) => row.credit_balance !== row.booked) }
}

/** What the ledger says was spent, and what the licence says is left. */
export function spentAndLeft(
  sql: Sql,
  name: CreditSpecialization,
  licenseId: number,
): Promise<{ spent: number; left: number }> {
  return sql.one(
    `select l.credit_balance as left, (
       select -coalesce(sum(amount), 0)::integer from ${ledgerOf[name]}
       where license_id = l.id and type = 'SPENT'
     ) as spent
     from ${placeOf[name].licenses} l where l.id = $1`,
    [licenseId],
  )
}

/** Rows that the ledger has to refuse or to take, for a licence and an enrolment of its own. */
export function ledgerAttempts(
  name: CreditSpecialization,
  licenseId: number,
  enrollmentId: number,
): Attempt[] {
  const ledger = ledgerOf[name]
  const row = (what: string, answer: string, own: Readonly<Record<string, unknown>>): Attempt => {
    const values = { license_id: licenseId, payment_verified: true, ...own }
    const columns = Object.keys(values)
    const places = columns.map((_column, at) => `$${at + 1}`)
    const text = `insert into ${ledger} (${columns.join(', ')}) values (${places.join(', ')})`
    return [what, answer, text, ...Object.values(values)]
  }
  const bought = { type: 'PURCHASE', amount: 5, payment_verified: false, expires_at: '2030-01-01' }
  const spent = { type: 'SPENT', amount: -5, enrollment_id: enrollmentId }
  const { check } = refusals
  return [
    row('a purchase', 'accepted', bought),
    row('a purchase that takes', check, { ...bought, amount: -5 }),
    row('a purchase of nothing', check, { ...bought, amount: 0 }),
    row('a purchase without an expiry', check, { ...bought, expires_at: null }),
    row('a reference of two letters', check, { ...bought, payment_reference_code: 'ab' }),
    row('a proof that is no web address', check, { ...bought, payment_proof_url: 'ftp://bank' }),
    row('a spend', 'accepted', spent),
    row('a spend that gives', check, { ...spent, amount: 5 }),
    row('a spend without an enrolment', check, { ...spent, enrollment_id: null }),
    row('a spend that waits', check, { ...spent, payment_verified: false }),
    row('a refund that takes', check, { type: 'REFUND', amount: -5 }),
    row('a renewal that gives', check, { type: 'RENEWAL', amount: 5 }),
    row('an expiry that gives', check, { type: 'EXPIRED', amount: 5 }),
    row('a gift', check, { type: 'GIFT', amount: 5 }),
    row('a row of no licence', refusals.foreignKey, {
      type: 'REFUND',
      amount: 5,
      license_id: -1,
    }),
    [
      'another amount',
      refusals.forbidden,
      `update ${ledger} set amount = 1 where license_id = $1`,
      licenseId,
    ],
    ['a row removed', refusals.forbidden, `delete from ${ledger} where license_id = $1`, licenseId],
  ]
}
