import { claim, eventually, outcomeOfResponse, type Sql } from 'etalon'
import { monthsAfter } from '../calendar.ts'
import {
  expiringSpecializations,
  issueExpiring,
  licenseRow,
  renew,
  setExpiry,
  useLicense,
  validityMonths,
  type ExpiringLicense,
} from '../expiring-license.ts'
import { ledgerOf } from '../ledger.ts'
import { issueLicense, type Specialization } from '../license.ts'
import { changedBetween, licenseState } from '../license-state.ts'
import { personOf } from '../person.ts'

const dayMs = 86_400_000
const jobWaitMs = 5_000

claim('LFA-EXP-05', { timeoutMs: 120_000 }, async ({ system, prove }) => {
  const often = await system.another({ EXPIRY_INTERVAL_MS: '100' })
  const { sql } = often
  const admin = await personOf(often, 'admin')
  const holder = 'student:runs-out'
  const licenses = await Promise.all(
    expiringSpecializations.map((name) => issueExpiring(often, name, { holder })),
  )
  const beside = await issueExpiring(often, 'INTERNSHIP', { holder: 'student:has-a-day-left' })
  await setExpiry(sql, beside, new Date(Date.now() + dayMs))
  const expiresAtMs = Date.now() + 600
  for (const license of licenses) await setExpiry(sql, license, new Date(expiresAtMs))
  const used = await Promise.all(licenses.map((license) => useLicense(admin, license)))
  prove(
    'used just before the end',
    used.map(({ status }) => status),
  ).equals([200, 200])
  // From here on nobody writes to the licences.
  for (const license of licenses) {
    const { specialization } = license
    const isOver = async (): Promise<boolean> => !(await licenseRow(sql, license)).is_active
    prove(`${specialization} deactivated by itself`, await eventually(isOver, jobWaitMs)).isTrue()
    if (specialization === 'COACH') {
      prove('a coach marked as expired', await licenseRow(sql, license)).holds({ is_expired: true })
    }
    const entry = await sql.rows<{ actor_id: number | null; at: Date }>(
      `select actor_id, at from audit_log where action = 'license.expire' and entity_id = $1`,
      [license.licenseId],
    )
    prove(
      `${specialization}: who did it, in the audit log`,
      entry.map(({ actor_id }) => actor_id),
    ).equals([null])
    prove(
      `${specialization}: done after the end, by`,
      Number(entry[0]?.at) - expiresAtMs,
    ).isAtLeast(0)
    prove(`${specialization} used after the end`, (await useLicense(admin, license)).status).equals(
      400,
    )
  }
  prove('a licence with a day left', await licenseRow(sql, beside)).holds({ is_active: true })
})

claim('LFA-EXP-07', async ({ system, sql, random, prove }) => {
  const holder = 'student:all-four'
  const internship = await issueExpiring(system, 'INTERNSHIP', { holder, renewals: 2 })
  const coach = await issueExpiring(system, 'COACH', { holder })
  for (const name of ['LFA_PLAYER', 'GANCUJU'] as const) {
    await issueLicense(internship.holder, name)
  }
  const neighbours = await Promise.all(
    expiringSpecializations.map((name) => issueExpiring(system, name, { holder: 'student:near' })),
  )
  const neighbour = (neighbours[0] as ExpiringLicense).holder
  const besideBefore = await licenseState(sql, neighbour.id)
  const changedBy = async (license: ExpiringLicense): Promise<Specialization[]> => {
    const before = await licenseState(sql, internship.holder.id)
    await renew(license).expect(200)
    return changedBetween(before, await licenseState(sql, internship.holder.id))
  }
  for (const license of random.shuffle([internship, coach])) {
    prove(
      `licences changed by renewing ${license.specialization}`,
      await changedBy(license),
    ).equals([license.specialization])
  }
  for (const license of [internship, coach]) await setExpiry(sql, license, new Date(0))
  for (const license of random.shuffle([internship, coach])) {
    prove(
      `licences changed by renewing ${license.specialization}, all expired`,
      await changedBy(license),
    ).equals([license.specialization])
  }
  const beside = changedBetween(besideBefore, await licenseState(sql, neighbour.id))
  prove('licences of somebody else that changed', beside).isEmpty()
})

claim('LFA-EXP-08', async ({ system, sql, random, histories, prove }) => {
  for (const name of expiringSpecializations) {
    const license = await issueExpiring(system, name, {
      holder: `student:again-${name}`,
      renewals: 4,
    })
    const months = validityMonths[name]
    const expires = async (): Promise<string> =>
      (await licenseRow(sql, license)).expires_at.toISOString()
    const issued = await expires()
    // Renewed so many times, each from the expiry before.
    const extended = async (times: number): Promise<string> => {
      let until = issued
      for (let done = 0; done < times; done += 1) until = await monthsAfter(sql, until, months)
      return until
    }
    const [key, raced, other] = [random.text(16), random.text(16), random.text(16)]
    const first = await renew(license, key).expect(200)
    const again = await renew(license, key).expect(200)
    prove(`${name}: the same answer again`, again.body).equals(first.body)
    prove(`${name}: it says so`, again.headers['idempotent-replayed']).equals('true')
    prove(`${name}: expiry after both`, await expires()).equals(await extended(1))
    const race = await histories.concurrently({ actors: 5, operations: 5 }, async () =>
      outcomeOfResponse(await renew(license, raced)),
    )
    prove(`${name}: five at once with one key, answered`, race.ok.length).equals(5)
    prove(`${name}: expiry after them`, await expires()).equals(await extended(2))
    await renew(license, other).expect(200)
    await renew(license).expect(200)
    prove(`${name}: with another key, and without one`, await expires()).equals(await extended(4))
    await renew(license, key).expect(200)
    prove(`${name}: the first key once more`, await expires()).equals(await extended(4))
    if (name === 'INTERNSHIP') {
      prove('renewals in the ledger', await paidFor(sql, license)).equals([
        -1000, -1000, -1000, -1000,
      ])
    }
    const beside = await issueExpiring(system, name === 'COACH' ? 'INTERNSHIP' : 'COACH', {
      holder: `student:again-${name}`,
      renewals: 1,
    })
    prove(`${name}: its key for another licence`, (await renew(beside, key)).status).equals(409)
  }
})

claim('LFA-D-10', { timeoutMs: 120_000 }, async ({ system, random, prove }) => {
  const quick = await system.another({
    COACH_VALIDITY_MONTHS: '1',
    INTERNSHIP_VALIDITY_MONTHS: '3',
    RENEWAL_COST_CREDITS: '0',
  })
  const { sql } = quick
  const holder = 'student:month-ends'
  const coach = await issueExpiring(quick, 'COACH', { holder })
  const internship = await issueExpiring(quick, 'INTERNSHIP', { holder })
  const renewedFrom = async (license: ExpiringLicense, from: string): Promise<string> => {
    await setExpiry(sql, license, from)
    await renew(license).expect(200)
    return (await licenseRow(sql, license)).expires_at.toISOString()
  }
  for (const [license, from, expected] of [
    [coach, '2041-01-31', '2041-02-28'],
    [coach, '2040-01-31', '2040-02-29'],
    [coach, '2041-02-28', '2041-03-28'],
    [coach, '2041-03-31', '2041-04-30'],
    [coach, '2041-04-30', '2041-05-30'],
    [coach, '2041-12-31', '2042-01-31'],
    [internship, '2040-11-30', '2041-02-28'],
    [internship, '2039-11-30', '2040-02-29'],
    [internship, '2041-10-31', '2042-01-31'],
  ] as const) {
    const time = random.pick(['T00:00:00.000Z', 'T09:30:00.000Z', 'T23:59:59.999Z'])
    const months = license === coach ? 'a month' : 'three months'
    prove(`${from} and ${months}`, await renewedFrom(license, `${from}${time}`)).equals(
      `${expected}${time}`,
    )
  }
  const wrong: unknown[] = []
  for (let draw = 0; draw < 12; draw += 1) {
    const from = new Date(Date.UTC(2035, 0, 1) + random.integer(0, 8_000) * dayMs).toISOString()
    const found = await renewedFrom(internship, from)
    const expected = await monthsAfter(sql, from, 3)
    if (found !== expected) wrong.push({ from, found, expected })
  }
  prove('drawn days whose third month after differs from the calendar', wrong).isEmpty()
})

async function paidFor(sql: Sql, { licenseId }: ExpiringLicense): Promise<number[]> {
  const rows = await sql.rows<{ amount: number }>(
    `select amount from ${ledgerOf.INTERNSHIP} where license_id = $1 and type = 'RENEWAL'`,
    [licenseId],
  )
  return rows.map(({ amount }) => amount)
}
