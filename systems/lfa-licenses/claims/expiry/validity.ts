import { claim, type ClaimContext } from 'etalon'
import { monthsAfter } from '../calendar.ts'
import { answerTo, refusals } from '../database-refusal.ts'
import {
  deactivate,
  expiringSpecializations,
  expiryOf,
  issueExpiring,
  licenseRow,
  renew,
  setExpiry,
  useLicense,
  validityMonths,
  type ExpiringSpecialization,
} from '../expiring-license.ts'
import { runExpiryJob } from '../expiry-job.ts'
import { issueLicense, placeOf } from '../license.ts'
import { personOf } from '../person.ts'
import { skillNames } from '../skill.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs

claim(['LFA-EXP-03', 'LFA-D-14'], async (context) => {
  const days = await proveValidity(context, 'INTERNSHIP')
  context.prove('days of an internship', days).isBetween(454, 458)
})

claim('LFA-EXP-04', async (context) => {
  const days = await proveValidity(context, 'COACH')
  context.prove('days of a coach licence', days).isBetween(730, 731)
})

/** Proves how long a licence is good for and what a renewal adds; gives the days it began with. */
async function proveValidity(
  { system, sql, prove }: Pick<ClaimContext, 'system' | 'sql' | 'prove'>,
  name: ExpiringSpecialization,
): Promise<number> {
  const months = validityMonths[name]
  const license = await issueExpiring(system, name, {
    holder: `student:valid-${name}`,
    renewals: 3,
  })
  const issued = await licenseRow(sql, license)
  const expires = issued.expires_at.toISOString()
  prove(`expiry ${months} months after the day of issue`, expires).equals(
    await monthsAfter(sql, issued.created_at, months),
  )
  const days = Math.round((issued.expires_at.getTime() - issued.created_at.getTime()) / dayMs)
  prove('the new licence as its holder sees it', await expiryOf(license)).holds({
    status: 'active',
    is_active: true,
    expires_at: expires,
    days_remaining: days,
  })
  const endless = `update ${placeOf[name].licenses} set expires_at = null where id = $1`
  prove(
    'SQLSTATE of a licence without an expiry',
    await answerTo(sql, endless, [license.licenseId]),
  ).equals(refusals.notNull)

  await renew(license).expect(200)
  const early = (await licenseRow(sql, license)).expires_at.toISOString()
  prove('renewed early: from the old expiry', early).equals(await monthsAfter(sql, expires, months))
  const soon = new Date(Date.now() + hourMs)
  await setExpiry(sql, license, soon)
  await renew(license).expect(200)
  const inTime = (await licenseRow(sql, license)).expires_at.toISOString()
  prove('renewed an hour before the end', inTime).equals(await monthsAfter(sql, soon, months))

  await setExpiry(sql, license, new Date(Date.now() - 400 * dayMs))
  await deactivate(sql, license)
  const from = Date.now()
  await renew(license).expect(200)
  const until = Date.now()
  const late = await licenseRow(sql, license)
  const cleared = name === 'COACH' ? { is_expired: false } : {}
  prove('renewed after that', late).holds({ is_active: true, ...cleared })
  prove('renewed late: from now', late.expires_at.getTime()).isBetween(
    Date.parse(await monthsAfter(sql, from, months)),
    Date.parse(await monthsAfter(sql, until, months)),
  )
  const admin = await personOf(system, 'admin')
  prove('used again', (await useLicense(admin, license)).status).equals(200)
  return days
}

claim('LFA-EXP-06', async ({ system, sql, prove }) => {
  const admin = await personOf(system, 'admin')
  for (const name of expiringSpecializations) {
    const license = await issueExpiring(system, name, { holder: `student:state-${name}` })
    const { holder, licenseId } = license
    const listed = async (): Promise<boolean> => {
      const path = '/api/v1/licenses/expiring'
      const query = { days: 30 }
      const { body } = await holder.get<{ items: Listed[] }>(path, { query }).expect(200)
      return body.items.some(({ license_id }) => license_id === licenseId)
    }
    for (const { what, leftMs, status, days_remaining } of moments) {
      await setExpiry(sql, license, new Date(Date.now() + leftMs))
      prove(`${name} ${what}`, await expiryOf(license)).holds({ status, days_remaining })
      const own = await holder.get(`${placeOf[name].path}/licenses/me`).expect(200)
      prove(`${name} ${what}, as shown with the licence`, own.body).holds({ status })
      prove(`${name} ${what}, among those that expire`, await listed()).equals(
        status === 'expiring_soon',
      )
      const { status: answer } = await useLicense(admin, license)
      prove(`${name} ${what}, used`, answer).equals(status === 'expired' ? 400 : 200)
    }
  }
  const holder = await personOf(system, 'student:state-for-life')
  for (const name of ['LFA_PLAYER', 'GANCUJU'] as const) {
    const made = await holder.post(`${placeOf[name].path}/licenses`).expect(201)
    prove(`a new ${name} licence`, made.body).holds({ status: 'perpetual' })
  }
})

claim('LFA-EXP-06', { name: 'notices' }, async ({ system, sql, prove }) => {
  const cases = [
    [91, []],
    [89, [90]],
    [29, [30]],
    [6, [7]],
  ] as const
  const licenses = await Promise.all(
    cases.map(async ([days], at) => {
      const name = expiringSpecializations[at % 2] as ExpiringSpecialization
      const license = await issueExpiring(system, name, { holder: `student:notice-${days}` })
      await setExpiry(sql, license, new Date(Date.now() + days * dayMs))
      return license
    }),
  )
  await runExpiryJob(system)
  for (const [at, [days, expected]] of cases.entries()) {
    const { notices } = await expiryOf(licenses[at] as (typeof licenses)[number])
    prove(
      `notices ${days} days before the end`,
      notices.map(({ days_before }) => days_before),
    ).equals([...expected])
  }
})

claim(['LFA-EXP-01', 'LFA-EXP-02'], { clock: 'movable' }, async ({ system, sql, prove }) => {
  const admin = await personOf(system, 'admin')
  const holder = await personOf(system, 'student:for-life')
  const ids = {
    LFA_PLAYER: await issueLicense(holder, 'LFA_PLAYER'),
    GANCUJU: await issueLicense(holder, 'GANCUJU'),
  }
  const skills = Object.fromEntries(skillNames.map((skill) => [skill, 60]))
  const uses = {
    LFA_PLAYER: () => admin.put(`/api/v1/lfa-player/licenses/${ids.LFA_PLAYER}/skills`, skills),
    GANCUJU: () =>
      admin.post('/api/v1/gancuju/competitions', { license_id: ids.GANCUJU, won: true }),
  }
  for (const years of [2, 9]) {
    await system.clock.moveTo(new Date(Date.now() + years * 365.25 * dayMs))
    await runExpiryJob(system)
    for (const name of ['LFA_PLAYER', 'GANCUJU'] as const) {
      const { path, licenses } = placeOf[name]
      const own = await holder.get(`${path}/licenses/me`).expect(200)
      prove(`${name} after ${years} years`, own.body).holds({
        id: ids[name],
        status: 'perpetual',
        is_active: true,
      })
      prove(`${name} used after ${years} years`, (await uses[name]()).status).equals(200)
      const doors = [
        await holder.post(`${path}/licenses/${ids[name]}/renew`),
        await holder.get(`${path}/licenses/${ids[name]}/expiry`),
      ]
      prove(
        `${name}: doors to renew it or see its expiry`,
        doors.map(({ status }) => status),
      ).equals([404, 404])
      const columns = await sql.rows(
        `select column_name from information_schema.columns
         where table_name = $1 and column_name like '%expire%'`,
        [licenses],
      )
      prove(`${name}: columns for an expiry`, columns).isEmpty()
    }
  }
  const path = '/api/v1/licenses/expiring'
  const { body } = await holder.get<{ items: unknown[] }>(path, { query: { days: 9_999 } })
  prove('licences that expire within 9,999 days', body.items).isEmpty()
})

interface Listed {
  readonly license_id: number
}

/** Moments on both sides of each bound, by the time that is left. */
const moments = [
  { what: '31 days before', leftMs: 31 * dayMs, status: 'active', days_remaining: 31 },
  {
    what: 'a minute more than 30 days before',
    leftMs: 30 * dayMs + 60_000,
    status: 'active',
    days_remaining: 31,
  },
  { what: '30 days before', leftMs: 30 * dayMs, status: 'expiring_soon', days_remaining: 30 },
  { what: 'a minute before', leftMs: 60_000, status: 'expiring_soon', days_remaining: 1 },
  { what: 'at its end', leftMs: 0, status: 'expired', days_remaining: 0 },
  { what: 'a day after', leftMs: -dayMs, status: 'expired', days_remaining: 0 },
] as const
