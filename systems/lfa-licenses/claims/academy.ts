import type { Random, SystemHandle } from 'etalon'
import { issueAll, specializations, type LicenseIds, type Specialization } from './license.ts'
import { personOf, type Person } from './person.ts'
import { enrollPaid, planSeason, type Season, type SeasonPlan } from './season.ts'

/** An admin, an instructor, and a season of each specialization that the instructor teaches. */
export interface Academy {
  readonly admin: Person
  readonly instructor: Person
  readonly seasons: Readonly<Record<Specialization, Season>>
}

/** Somebody with four licences, each in a paid season. */
export interface Student {
  readonly holder: Person
  readonly licenseIds: LicenseIds
  readonly enrollmentIds: Readonly<Record<Specialization, number>>
}

/** Opens an academy; its people are called after the claim that uses it. */
export async function openAcademy(
  system: SystemHandle,
  random: Random,
  claim: string,
  plan: Partial<SeasonPlan> = {},
): Promise<Academy> {
  const admin = await personOf(system, `admin:${claim}`)
  const instructor = await personOf(system, `instructor:${claim}`)
  const seasons: Record<string, Season> = {}
  for (const specialization of specializations) {
    seasons[specialization] = await planSeason(admin, random, {
      ...plan,
      specialization,
      instructor,
    })
  }
  return { admin, instructor, seasons: seasons as Academy['seasons'] }
}

/** Takes a student into the academy: four licences, four seasons, paid. */
export async function takeIn(
  system: SystemHandle,
  { admin, seasons }: Academy,
  name: string,
): Promise<Student> {
  const holder = await personOf(system, name)
  const licenseIds = await issueAll(holder)
  const enrollmentIds: Record<string, number> = {}
  for (const specialization of specializations) {
    const who = { holder, licenseId: licenseIds[specialization], admin }
    enrollmentIds[specialization] = await enrollPaid(seasons[specialization], who)
  }
  return { holder, licenseIds, enrollmentIds: enrollmentIds as Student['enrollmentIds'] }
}
