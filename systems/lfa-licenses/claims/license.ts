import type { HttpClient } from 'etalon'
import type { Person } from './person.ts'

/** The four specializations, as the specification lists them. */
export const specializations = ['LFA_PLAYER', 'GANCUJU', 'INTERNSHIP', 'COACH'] as const

export type Specialization = (typeof specializations)[number]

/** Where each specialization is found: its paths, and its tables. */
export const placeOf = {
  LFA_PLAYER: {
    path: '/api/v1/lfa-player',
    licenses: 'lfa_player_licenses',
    enrollments: 'lfa_player_enrollments',
    attendance: 'lfa_player_attendance',
  },
  GANCUJU: {
    path: '/api/v1/gancuju',
    licenses: 'gancuju_licenses',
    enrollments: 'gancuju_enrollments',
    attendance: 'gancuju_attendance',
  },
  INTERNSHIP: {
    path: '/api/v1/internship',
    licenses: 'internship_licenses',
    enrollments: 'internship_enrollments',
    attendance: 'internship_attendance',
  },
  COACH: {
    path: '/api/v1/coach',
    licenses: 'coach_licenses',
    enrollments: 'coach_assignments',
    attendance: 'coach_attendance',
  },
} as const

/** The licence of one person in each specialization, by id. */
export type LicenseIds = Readonly<Record<Specialization, number>>

/** Issues a licence to the caller and gives its id. */
export async function issueLicense(
  holder: HttpClient,
  specialization: Specialization,
): Promise<number> {
  const path = `${placeOf[specialization].path}/licenses`
  return (await holder.post<{ id: number }>(path).expect(201)).body.id
}

/** Issues all four. */
export async function issueAll(holder: Person): Promise<LicenseIds> {
  const ids: Record<string, number> = {}
  for (const name of specializations) ids[name] = await issueLicense(holder, name)
  return ids as LicenseIds
}
