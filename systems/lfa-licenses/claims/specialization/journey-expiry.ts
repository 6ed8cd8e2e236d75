import { claim } from 'etalon'
import { monthsAfter } from '../calendar.ts'
import { buyCredits } from '../credit.ts'
import { runExpiryJob } from '../expiry-job.ts'
import { issueLicense, placeOf } from '../license.ts'
import { personOf } from '../person.ts'

const dayMs = 86_400_000
const kinds = [
  { name: 'INTERNSHIP', months: 15, use: '/api/v1/internship/xp', of: { xp_gained: 100 } },
  { name: 'COACH', months: 24, use: '/api/v1/coach/theory-hours', of: { hours: 2 } },
] as const

claim(
  ['LFA-T-13', 'LFA-T-14'],
  {
    name: 'expiry',
    title: 'An internship and a coach licence run out, end, and are renewed',
    clock: 'movable',
  },
  async ({ system, sql, prove }) => {
    const admin = await personOf(system, 'admin:later')
    const holder = await personOf(system, 'student:later')
    const ids = { INTERNSHIP: 0, COACH: 0 }
    for (const name of ['INTERNSHIP', 'COACH'] as const)
      ids[name] = await issueLicense(holder, name)
    for (const { name, months, use, of } of kinds) {
      const license = `${placeOf[name].path}/licenses/${ids[name]}`
      const state = async (): Promise<Record<string, unknown>> =>
        (await holder.get<Record<string, unknown>>(`${license}/expiry`).expect(200)).body
      const expiresMs = Date.parse(String((await state())['expires_at']))
      const using = () => admin.post(use, { license_id: ids[name], ...of })

      await system.clock.moveTo(new Date(expiresMs - 30 * dayMs - 60_000))
      prove(`${name} before its last 30 days`, await state()).holds({ status: 'active' })
      await system.clock.moveTo(new Date(expiresMs - 30 * dayMs + 1_000))
      prove(`${name} in its last 30 days`, await state()).holds({
        status: 'expiring_soon',
        is_active: true,
      })
      await using().expect(200)

      await system.clock.moveTo(new Date(expiresMs + 1_000))
      await runExpiryJob(system)
      prove(`${name} after its last day`, await state()).holds({
        status: 'expired',
        is_active: false,
      })
      prove(`using the expired ${name} licence`, (await using()).status).equals(400)

      if (name === 'INTERNSHIP') await buyCredits({ holder, admin }, name, 1_000)
      const from = system.clock.now()
      await holder.post(`${license}/renew`).expect(200)
      const until = system.clock.now()
      const renewed = await state()
      prove(`the renewed ${name} licence`, renewed).holds({ status: 'active', is_active: true })
      prove(
        `expiry of the renewed ${name} licence`,
        Date.parse(String(renewed['expires_at'])),
      ).isBetween(
        Date.parse(await monthsAfter(sql, from, months)),
        Date.parse(await monthsAfter(sql, until, months)),
      )
      await using().expect(200)
    }
  },
)
