import { claim, outcomeOfResponse, type HttpClient } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { buyCredits, orderCredits } from '../credit.ts'
import { changeCredits } from './change.ts'
import { answerTo, refusals, wronglyAnswered } from '../database-refusal.ts'
import { imbalances, ledgerAttempts, ledgerOf, spentAndLeft } from '../ledger.ts'
import { issueLicense, placeOf } from '../license.ts'
import { changedBetween, licenseState } from '../license-state.ts'
import { personOf } from '../person.ts'
import { balanceOf, openPurse, purchase, spend, type Balance } from '../purse.ts'
import { enrollIn } from '../season.ts'

const creditSpecializations = ['LFA_PLAYER', 'INTERNSHIP'] as const

claim('LFA-CRD-01', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin')
  const holder = await personOf(system, 'student:ledger')
  for (const name of creditSpecializations) {
    const { licenseId, season, enrollmentId } = await openPurse(name, { holder, admin, random })
    await buyCredits({ holder, admin }, name, 2_000)
    await spend(holder, name, enrollmentId, 300).expect(201)
    await holder.post(`/api/v1/enrollments/${enrollmentId}/cancel`).expect(200)
    if (name === 'INTERNSHIP') {
      await holder.post(`/api/v1/internship/licenses/${licenseId}/renew`).expect(200)
    }
    const rows = await sql.rows<{ row: string; enrollment_id: number | null }>(
      `select type || ' ' || amount as row, enrollment_id from ${ledgerOf[name]}
       where license_id = $1 order by id`,
      [licenseId],
    )
    const renewal = name === 'INTERNSHIP' ? ['RENEWAL -1000'] : []
    prove(
      `${name}: the ledger`,
      rows.map(({ row }) => row),
    ).equals(['PURCHASE 2000', 'SPENT -300', 'REFUND 300', ...renewal])
    prove(`${name}: enrolment that the spend names`, rows[1]?.enrollment_id).equals(enrollmentId)
    const amounts = [0, -5, 1.5, '10', null]
    const refused = await Promise.all(
      amounts.map(async (amount) => (await purchase(holder, name, { amount })).status),
    )
    prove(`${name}: purchases of 0, -5, 1.5, "10" and nothing`, refused).equals(
      amounts.map(() => 422),
    )
    const next = await enrollIn(season, { holder, licenseId, admin })
    const wrong = await wronglyAnswered(system.sqlAs('app'), ledgerAttempts(name, licenseId, next))
    prove(`${name}: what the database takes and should not`, wrong).isEmpty()
    const rewritten = `update ${ledgerOf[name]} set amount = 9000 where license_id = $1`
    prove(
      `${name}: a verified row rewritten by a superuser`,
      await answerTo(sql, rewritten, [licenseId]),
    ).equals(refusals.check)
  }
})

claim('LFA-CRD-02', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin')
  const holder = await personOf(system, 'student:two-purses')
  const player = await openPurse('LFA_PLAYER', { holder, admin, random })
  const internship = await openPurse('INTERNSHIP', { holder, admin, random })
  for (const name of creditSpecializations) await buyCredits({ holder, admin }, name, 1_000)

  const before = await licenseState(sql, holder.id)
  const crossed = [
    await spend(holder, 'LFA_PLAYER', internship.enrollmentId, 500),
    await spend(holder, 'INTERNSHIP', player.enrollmentId, 500),
    await spend(admin, 'LFA_PLAYER', internship.enrollmentId, 500),
    await spend(admin, 'INTERNSHIP', player.enrollmentId, 500),
  ]
  prove(
    'credits of one spent on an enrolment of the other',
    crossed.map(({ status }) => status),
  ).equals([400, 400, 400, 400])
  const bought = [
    await purchase(holder, 'LFA_PLAYER', { amount: 10, license_id: internship.licenseId }),
    await purchase(holder, 'INTERNSHIP', { amount: 10, license_id: player.licenseId }),
  ]
  prove(
    'credits bought for the other licence',
    bought.map(({ status }) => status),
  ).equals([404, 404])
  const changed = changedBetween(before, await licenseState(sql, holder.id))
  prove('licences that changed by all that', changed).isEmpty()

  await spend(holder, 'LFA_PLAYER', player.enrollmentId, 400).expect(201)
  const after = changedBetween(before, await licenseState(sql, holder.id))
  prove('licences that changed by a player paying as a player', after).equals(['LFA_PLAYER'])
  const balances = [await balanceOf(holder, 'LFA_PLAYER'), await balanceOf(holder, 'INTERNSHIP')]
  prove(
    'balances in the end',
    balances.map(({ credit_balance }) => credit_balance),
  ).equals([600, 1_000])
})

claim('LFA-CRD-03', async ({ system, sql, prove }) => {
  const admin = await personOf(system, 'admin')
  const holder = await personOf(system, 'student:no-purse')
  for (const name of ['GANCUJU', 'COACH'] as const) {
    const licenseId = await issueLicense(holder, name)
    const { path, licenses } = placeOf[name]
    const found: string[] = []
    for (const by of [holder, admin]) {
      const answers = [
        await by.post(`${path}/credits/purchase`, { amount: 100, license_id: licenseId }),
        await by.post(`${path}/credits/spend`, { amount: 100, enrollment_id: 1 }),
        await by.post(`${path}/credits/1/verify`),
        await by.get(`${path}/credits/balance`),
        await by.get(`${path}/credits/transactions`),
        await purchase(by, 'LFA_PLAYER', { amount: 100, license_id: licenseId }),
        await purchase(by, 'INTERNSHIP', { amount: 100, license_id: licenseId }),
      ]
      for (const { status, request } of answers) {
        if (status !== 404) found.push(`${request.method} ${request.url}: ${status}`)
      }
    }
    prove(`${name}: ways to credits, of 14 that were tried`, found).isEmpty()
    const columns = await sql.rows(
      `select column_name from information_schema.columns
       where table_name = $1 and column_name like '%credit%'`,
      [licenses],
    )
    prove(`${name}: columns for credits`, columns).isEmpty()
  }
  const uses = await sql.rows<{ id: string }>(
    'select id from specializations where uses_credits and is_active order by id',
  )
  prove(
    'specializations with credits',
    uses.map(({ id }) => id),
  ).equals(['INTERNSHIP', 'LFA_PLAYER'])
})

claim('LFA-CRD-04', async ({ system, sql, histories, prove }) => {
  const [admin, instructor] = [
    await personOf(system, 'admin'),
    await personOf(system, 'instructor'),
  ]
  const holder = await personOf(system, 'student:buyer')
  for (const name of creditSpecializations) {
    const { path } = placeOf[name]
    const licenseId = await issueLicense(holder, name)
    const first = await orderCredits(holder, name, 700)
    const verify = (by: HttpClient, id: number): PendingResponse<Balance> =>
      by.post(`${path}/credits/${id}/verify`)
    const byOthers = [await verify(holder, first), await verify(instructor, first)]
    prove(
      `${name}: verified by the student or an instructor`,
      byOthers.map(({ status }) => status),
    ).equals([403, 403])
    prove(`${name}: pending`, await balanceOf(holder, name)).holds(balance(0, 700))
    const verified = await verify(admin, first).expect(200)
    prove(`${name}: balance after the verification`, verified.body.credit_balance).equals(700)
    const again = await verify(admin, first).expect(200)
    prove(`${name}: answer to a second verification`, again.body).equals(verified.body)
    prove(`${name}: after both`, await balanceOf(holder, name)).holds(balance(700, 0))

    const second = await orderCredits(holder, name, 300)
    const race = await histories.concurrently({ actors: 6, operations: 6 }, async () =>
      outcomeOfResponse(await verify(admin, second)),
    )
    prove(`${name}: verifications at once that were answered`, race.ok.length).equals(6)
    prove(`${name}: balance after them`, (await balanceOf(holder, name)).credit_balance).equals(
      1_000,
    )
    const audited = await sql.rows<{ amount: number }>(
      `select (after ->> 'amount')::integer as amount from audit_log
       where action = 'credits.verify' and entity_id = $1 order by id`,
      [licenseId],
    )
    prove(
      `${name}: verifications in the audit log`,
      audited.map(({ amount }) => amount),
    ).equals([700, 300])
  }
  const unknown = await admin.post('/api/v1/internship/credits/999999/verify')
  prove('verification of an unknown purchase', unknown.status).equals(404)
})

claim('LFA-D-08', async ({ system, sql, random, prove }) => {
  const admin = await personOf(system, 'admin')
  const holder = await personOf(system, 'student:unverified')
  for (const name of creditSpecializations) {
    const { licenseId, enrollmentId } = await openPurse(name, { holder, admin, random })
    const proof = { payment_proof_url: 'https://bank.example/slip', payment_reference_code: 'W-1' }
    await purchase(holder, name, { amount: 5_000 }).expect(201)
    await purchase(holder, name, { amount: 5_000, ...proof }).expect(201)
    const byAdmin = { amount: 5_000, license_id: licenseId, ...proof }
    const { body } = await purchase(admin, name, byAdmin).expect(201)
    prove(`${name}: balance told with the third purchase`, body.credit_balance).equals(0)
    prove(`${name}: balance and pending`, await balanceOf(holder, name)).holds(balance(0, 15_000))
    const inTable = `select credit_balance from ${placeOf[name].licenses} where id = $1`
    prove(`${name}: balance in the table`, await sql.value<number>(inTable, [licenseId])).equals(0)
    const { status } = await spend(holder, name, enrollmentId, 1)
    prove(`${name}: spending one of 15,000 unverified credits`, status).equals(400)
    if (name === 'INTERNSHIP') {
      const renewal = await holder.post(`/api/v1/internship/licenses/${licenseId}/renew`)
      prove('renewing with unverified credits', renewal.status).equals(400)
    }
  }
})

claim('LFA-D-09', async ({ system, sql, random, histories, prove }) => {
  const admin = await personOf(system, 'admin')
  const holder = await personOf(system, 'student:spender')
  for (const name of creditSpecializations) {
    const { licenseId, enrollmentId } = await openPurse(name, { holder, admin, random })
    await buyCredits({ holder, admin }, name, 750)
    const race = await histories.concurrently({ actors: 10, operations: 20 }, async () =>
      outcomeOfResponse(await spend(holder, name, enrollmentId, 100)),
    )
    prove(`${name}: spends of 100 out of 750 that succeeded, of 20`, race.ok.length).equals(7)
    prove(`${name}: told that there are not enough`, race.failed.length).equals(13)
    prove(`${name}: spends under way at once`, race.overlapMax).isAtLeast(2)
    const left = await spentAndLeft(sql, name, licenseId)
    prove(`${name}: spent and left`, left).equals({ spent: 700, left: 50 })
    const below = `update ${placeOf[name].licenses} set credit_balance = credit_balance - 51
      where id = $1`
    prove(
      `${name}: a balance below zero, past the service`,
      await answerTo(system.sqlAs('app'), below, [licenseId]),
    ).equals(refusals.check)
    if (name === 'LFA_PLAYER') continue
    await buyCredits({ holder, admin }, name, 950)
    const doors = [
      () => spend(holder, name, enrollmentId, 1_000),
      () => holder.post(`/api/v1/internship/licenses/${licenseId}/renew`),
    ]
    const both = await histories.concurrently({ actors: 6, operations: 6 }, async (_, _by, index) =>
      outcomeOfResponse(await (doors[index % 2] as (typeof doors)[0])()),
    )
    prove('spends and renewals of 1,000 out of 1,000 that succeeded', both.ok.length).equals(1)
    prove('balance after them', (await balanceOf(holder, name)).credit_balance).equals(0)
  }
})

claim('LFA-CRD-05', async ({ system, sql, random, histories, prove }) => {
  const made = await changeCredits({ system, random, histories }, { members: 5, changes: 80 })
  prove('changes that were answered', made.ok.length + made.failed.length).equals(80)
  const kinds = await sql.rows<{ type: string }>(
    `select type from lfa_player_credit_transactions
     union select type from internship_credit_transactions order by type`,
  )
  prove(
    'kinds of row',
    kinds.map(({ type }) => type),
  ).equals(['PURCHASE', 'REFUND', 'RENEWAL', 'SPENT'])
  const { compared, wrong } = await imbalances(sql)
  prove('licences compared with their ledger', compared).isAtLeast(5)
  prove('licences whose balance is not the sum of their verified rows', wrong).isEmpty()
})

function balance(
  credit_balance: number,
  pending_credits: number,
): Readonly<Record<string, number>> {
  return { credit_balance, pending_credits }
}
