import { claim, type Sql } from 'etalon'
import { monthsAfter } from '../calendar.ts'
import { buyCredits, type CreditSpecialization } from '../credit.ts'
import { renew } from '../expiring-license.ts'
import { runExpiryJob } from '../expiry-job.ts'
import { imbalances, ledgerOf } from '../ledger.ts'
import { personOf } from '../person.ts'
import { balanceOf, openPurse, spend } from '../purse.ts'

const validityMonths = 24
const period = { start_date: '2031-03-01', end_date: '2031-06-30' } as const

claim('LFA-CRD-06', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin')
  const cases = []
  for (const name of ['LFA_PLAYER', 'INTERNSHIP'] as const) {
    const holder = await personOf(system, `student:old-credits-${name}`)
    const purse = await openPurse(name, { holder, admin, random })
    for (const amount of [500, 300]) await buyCredits({ holder, admin }, name, amount)
    const bought = await purchases(sql, name, purse.licenseId)
    for (const { created_at, expires_at } of bought) {
      prove(`${name}: expiry of a purchase`, expires_at.toISOString()).equals(
        await monthsAfter(sql, created_at, validityMonths),
      )
    }
    await spend(holder, name, purse.enrollmentId, 200).expect(201)
    await moveExpiry(sql, name, bought, [-1, 3_600])
    cases.push({ name, holder, ...purse })
  }
  for (const { name, holder, enrollmentId } of cases) {
    // Of 800 credits 500 have expired, 200 of them already spent.
    const { status } = await spend(holder, name, enrollmentId, 301)
    prove(`${name}: spending 301 with 300 that are still good`, status).equals(400)
  }
  await runExpiryJob(system)
  for (const { name, holder, licenseId, enrollmentId } of cases) {
    const left = async (): Promise<number> => (await balanceOf(holder, name)).credit_balance
    prove(`${name}: left after a round of the job`, await left()).equals(300)
    // Each spend looks for expired credits as well; it finds none that were not taken out before.
    await spend(holder, name, enrollmentId, 299).expect(201)
    prove(`${name}: after spending all but one`, await left()).equals(1)
    prove(`${name}: taken out in all`, await expired(sql, name, licenseId)).equals([-300])
  }
  const { wrong } = await imbalances(sql)
  prove('licences whose balance is not the sum of their verified rows', wrong).isEmpty()
})

claim('LFA-CRD-06', { name: 'price' }, async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin:price')
  const holder = await personOf(system, 'student:price')
  const { licenseId } = await openPurse('INTERNSHIP', { holder, admin, random })
  const code = random.text(10)
  const season = { code, name: code, specialization_type: 'INTERNSHIP', ...period }
  const { body } = await admin.post<object>('/api/v1/semesters', season).expect(201)
  prove('a season that says no price', body).holds({ cost_credits: 5_000 })
  const license = { specialization: 'INTERNSHIP', holder, licenseId } as const
  const until = (): Promise<Date> =>
    sql.value('select expires_at from internship_licenses where id = $1', [licenseId])
  const before = await until()
  await buyCredits({ holder, admin }, 'INTERNSHIP', 999)
  prove('renewing with 999 credits', (await renew(license)).status).equals(400)
  prove('expiry after that', await until()).equals(before)
  prove('balance after that', (await balanceOf(holder, 'INTERNSHIP')).credit_balance).equals(999)
  await buyCredits({ holder, admin }, 'INTERNSHIP', 1)
  prove('renewing with 1,000 credits', (await renew(license)).status).equals(200)
  prove('balance after that', (await balanceOf(holder, 'INTERNSHIP')).credit_balance).equals(0)
  prove('expiry moved', (await until()) > before).isTrue()
  const rows = await sql.rows(
    `select type, amount from ${ledgerOf.INTERNSHIP} where license_id = $1 and amount < 0`,
    [licenseId],
  )
  prove('what was taken', rows).equals([{ type: 'RENEWAL', amount: -1_000 }])

  await buyCredits({ holder, admin }, 'INTERNSHIP', 1_000)
  const bought = await purchases(sql, 'INTERNSHIP', licenseId)
  await moveExpiry(sql, 'INTERNSHIP', bought, [-3, -2, -1])
  prove('renewing with credits that have expired', (await renew(license)).status).equals(400)
})

interface Purchase {
  readonly id: number
  readonly created_at: Date
  readonly expires_at: Date
}

/** The purchases of a licence, oldest first. */
function purchases(sql: Sql, name: CreditSpecialization, licenseId: number): Promise<Purchase[]> {
  return sql.rows(
    `select id, created_at, expires_at from ${ledgerOf[name]}
     where license_id = $1 and type = 'PURCHASE' order by id`,
    [licenseId],
  )
}

/** Lets each purchase expire so many seconds from now. */
async function moveExpiry(
  sql: Sql,
  name: CreditSpecialization,
  bought: readonly Purchase[],
  secondsFromNow: readonly number[],
): Promise<void> {
  for (const [at, { id }] of bought.entries()) {
    await sql.run(
      `update ${ledgerOf[name]} set expires_at = now() + make_interval(secs => $2) where id = $1`,
      [id, secondsFromNow[at]],
    )
  }
}

/** What the licence lost because it had expired. */
async function expired(sql: Sql, name: CreditSpecialization, licenseId: number): Promise<number[]> {
  const rows = await sql.rows<{ amount: number }>(
    `select amount from ${ledgerOf[name]} where license_id = $1 and type = 'EXPIRED'`,
    [licenseId],
  )
  return rows.map(({ amount }) => amount)
}
