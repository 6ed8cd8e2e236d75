import type { HttpClient, HttpResponse } from 'etalon'
import { placeOf, specializations, type LicenseIds, type Specialization } from '../license.ts'

/** A way to use somebody's licence. */
export interface Door {
  /** The request in words. */
  readonly name: string
  readonly open: (by: HttpClient) => PromiseLike<HttpResponse>
}

/** What the doors lead to. */
export interface DoorIds {
  readonly licenseIds: LicenseIds
  readonly enrollmentIds: Readonly<Record<Specialization, number>>
  /** Semesters in which nobody is enrolled yet. */
  readonly semesterIds: Readonly<Record<Specialization, number>>
}

/**
 * Every way to a licence, by what it takes: to read it, to hold it as its owner does, to teach it
 * as an instructor does. Those to teach are in an order in which all of them may succeed.
 */
export function doorsTo(ids: DoorIds): Readonly<Record<'read' | 'hold' | 'teach', Door[]>> {
  return { read: readingDoors(ids), hold: holdingDoors(ids), teach: teachingDoors(ids) }
}

function readingDoors({ licenseIds, enrollmentIds }: DoorIds): Door[] {
  const { INTERNSHIP, GANCUJU, COACH } = licenseIds
  return [
    ...specializations.flatMap((name) => [
      get(`${placeOf[name].path}/licenses/${licenseIds[name]}`),
      get(`/api/v1/licenses/${licenseIds[name]}/progressions`),
      get(`/api/v1/licenses/${licenseIds[name]}/xp-transactions`),
      get(`/api/v1/enrollments/${enrollmentIds[name]}`),
      get(`/api/v1/enrollments/${enrollmentIds[name]}/attendance`),
    ]),
    get(`/api/v1/internship/licenses/${INTERNSHIP}/expiry`),
    get(`/api/v1/coach/licenses/${COACH}/expiry`),
    get(`/api/v1/gancuju/licenses/${GANCUJU}/stats`),
    get(`/api/v1/coach/licenses/${COACH}/stats`),
    ...(['LFA_PLAYER', 'INTERNSHIP'] as const).flatMap((name) =>
      ['balance', 'transactions'].map((what) =>
        get(`${placeOf[name].path}/credits/${what}?license_id=${licenseIds[name]}`),
      ),
    ),
  ]
}

function holdingDoors({ licenseIds, enrollmentIds, semesterIds }: DoorIds): Door[] {
  const enrolled = ['LFA_PLAYER', 'GANCUJU', 'INTERNSHIP'] as const
  const paying = ['LFA_PLAYER', 'INTERNSHIP'] as const
  return [
    ...paying.flatMap((name) => [
      post(`${placeOf[name].path}/credits/purchase`, { license_id: licenseIds[name], amount: 9 }),
      post(`${placeOf[name].path}/credits/spend`, {
        enrollment_id: enrollmentIds[name],
        amount: 9,
      }),
    ]),
    ...enrolled.map((name) =>
      post(`${placeOf[name].path}/enrollments`, {
        semester_id: semesterIds[name],
        license_id: licenseIds[name],
      }),
    ),
    post(`/api/v1/internship/licenses/${licenseIds.INTERNSHIP}/renew`),
    post(`/api/v1/coach/licenses/${licenseIds.COACH}/renew`),
    ...enrolled.map((name) => post(`/api/v1/enrollments/${enrollmentIds[name]}/cancel`)),
  ]
}

function teachingDoors({ licenseIds }: DoorIds): Door[] {
  const { LFA_PLAYER, INTERNSHIP, GANCUJU, COACH } = licenseIds
  const hours = (path: string, license_id: number): Door =>
    post(`/api/v1/${path}-hours`, { license_id, hours: 1 })
  return [
    put(`/api/v1/lfa-player/licenses/${LFA_PLAYER}/skills`, { passing_avg: 50 }),
    post('/api/v1/internship/xp', { license_id: INTERNSHIP, xp_gained: 10 }),
    post('/api/v1/gancuju/competitions', { license_id: GANCUJU, won: true }),
    hours('gancuju/teaching', GANCUJU),
    post(`/api/v1/gancuju/licenses/${GANCUJU}/promote`, {}),
    post(`/api/v1/gancuju/licenses/${GANCUJU}/demote`, { reason: 'to try it' }),
    hours('coach/theory', COACH),
    hours('coach/practice', COACH),
    hours('coach/teaching', COACH),
  ]
}

function get(path: string): Door {
  return { name: `GET ${path}`, open: (by) => by.get(path) }
}

function post(path: string, body?: unknown): Door {
  return { name: `POST ${path}`, open: (by) => by.post(path, body) }
}

function put(path: string, body: unknown): Door {
  return { name: `PUT ${path}`, open: (by) => by.put(path, body) }
}
