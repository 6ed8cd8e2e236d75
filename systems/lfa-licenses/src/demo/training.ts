import { inTransaction } from 'service-kit'
import type { CoupledSpecialization } from '../coupled.ts'
import { beginProgress, updateProgress } from '../operation/progress.ts'
import type { Service } from '../service.ts'
import { readCoupledLicense, writeLicenseLevel } from '../store/coupled-license.ts'
import type { People, Person } from './person.ts'

interface Training {
  readonly student: Person
  readonly specialization: CoupledSpecialization
  readonly xp: number
  readonly sessions: number
  readonly hours: number
}

/**
 * Progress on the ladders by XP and sessions; one licence is left at a level that its progress has
 * passed, as an import of old records would leave it, so that the health check has something to
 * find.
 */
export async function train(service: Service, people: People): Promise<void> {
  const student = (index: number): Person => people.students[index] as Person
  const trainings: readonly Training[] = [
    { student: student(2), specialization: 'PLAYER', xp: 128_000, sessions: 21, hours: 0 },
    { student: student(3), specialization: 'PLAYER', xp: 36_500, sessions: 14, hours: 0 },
    { student: student(4), specialization: 'INTERNSHIP', xp: 19_400, sessions: 19, hours: 0 },
    { student: student(5), specialization: 'COACH', xp: 41_000, sessions: 16, hours: 70 },
  ]
  const admin = (people.admins[0] as Person).actor
  for (const { student: one, specialization, xp, sessions, hours } of trainings) {
    const pair = { userId: one.actor.id, specialization }
    await beginProgress(service, one.actor, one.actor.id, specialization)
    const gain = {
      xp_gained: xp,
      sessions_completed: sessions,
      projects_completed: 0,
      theory_hours: hours,
      practice_hours: hours,
    }
    await inTransaction(service.pool, (tx) => updateProgress(tx, service, admin, { pair, gain }))
  }
  await leaveBehind(service, student(2))
}

async function leaveBehind({ pool, clock }: Service, { actor }: Person): Promise<void> {
  const [license] = await readCoupledLicense(pool, actor.id, 'PLAYER')
  if (license) await writeLicenseLevel(pool, license.id, 3, clock.now())
}
