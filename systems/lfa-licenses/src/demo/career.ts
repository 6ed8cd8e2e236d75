import { inTransaction } from 'service-kit'
import { assign } from '../operation/enrollment.ts'
import { createLicense } from '../operation/license.ts'
import { creditRecord, promote } from '../operation/promotion.ts'
import { grantXp } from '../operation/xp.ts'
import type { Semester } from '../schema/semester.ts'
import type { Service } from '../service.ts'
import { addCoachHours } from '../store/coach.ts'
import type { People, Person } from './person.ts'
import { daysAgo } from './season.ts'

/** A GānCuju student who has fought, taught and climbed a few belts. */
export async function climbBelts(
  service: Service,
  instructor: Person,
  licenseId: number,
  { wins, losses, hours, belts }: Record<'wins' | 'losses' | 'hours' | 'belts', number>,
): Promise<void> {
  const { actor } = instructor
  const id = licenseId
  await inTransaction(service.pool, async (tx) => {
    for (let bout = 0; bout < wins + losses; bout += 1) {
      const addition = { entered: 1, won: bout < wins ? 1 : 0 }
      await creditRecord(tx, service, actor, { id, addition })
    }
    await creditRecord(tx, service, actor, { id, addition: { teachingHours: hours } })
    for (let belt = 0; belt < belts; belt += 1) {
      await promote(tx, service, actor, { id, request: { reason: 'Passed the grading' } })
    }
  })
}

/** An intern who has earned XP from several sources. */
export async function earnXp(
  service: Service,
  { admins }: People,
  licenseId: number,
): Promise<void> {
  const grants = [
    ['QUIZ', 350, 'Onboarding quiz'],
    ['PROJECT', 2_400, 'Training plan for the U14 team'],
    ['COMPETITION', 900, 'Match analysis contest'],
    ['MANUAL', 1_500, 'Help at the summer camp'],
  ] as const
  for (const [source, xp_gained, description] of grants) {
    const grant = { license_id: licenseId, xp_gained, source, description }
    await grantXp(service, (admins[0] as Person).actor, grant)
  }
}

/** A coach whose licence is about to expire, with hours towards the next certification. */
export async function trainCoach(
  service: Service,
  { admins }: People,
  coach: Person,
  semester: Semester,
): Promise<void> {
  const admin = (admins[0] as Person).actor
  // Two years of validity, of which about three weeks are left.
  const then = daysAgo(service, 708)
  const license = await createLicense(then, admin, 'COACH', { user_id: coach.actor.id })
  await inTransaction(service.pool, async (tx) => {
    await assign(tx, service, admin, {
      semester_id: semester.id,
      license_id: license.id,
      assignment_role: 'ASSISTANT',
    })
    await addCoachHours(tx, license.id, 52, 84, 35, admin.id, service.clock.now())
  })
}
