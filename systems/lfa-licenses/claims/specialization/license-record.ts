import type { LicenseIds } from '../license.ts'
import type { Person } from '../person.ts'

/**
 * Writes something into each of four licences: XP of the internship, hours of the GānCuju and
 * coach licences, one of two competitions won, and one skill of 60.
 */
export async function fillLicenses(
  admin: Person,
  ids: LicenseIds,
  { xp, hours }: { readonly xp: number; readonly hours: number },
): Promise<void> {
  const additions = [
    ['internship/xp', { license_id: ids.INTERNSHIP, xp_gained: xp }],
    ['gancuju/competitions', { license_id: ids.GANCUJU, won: true }],
    ['gancuju/competitions', { license_id: ids.GANCUJU, won: false }],
    ['gancuju/teaching-hours', { license_id: ids.GANCUJU, hours }],
    ['coach/theory-hours', { license_id: ids.COACH, hours }],
    ['coach/practice-hours', { license_id: ids.COACH, hours: 17 }],
  ] as const
  for (const [path, body] of additions) await admin.post(`/api/v1/${path}`, body).expect(200)
  const skills = `/api/v1/lfa-player/licenses/${ids.LFA_PLAYER}/skills`
  await admin.put(skills, { heading_avg: 60 }).expect(200)
}
