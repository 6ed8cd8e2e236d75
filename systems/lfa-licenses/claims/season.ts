import type { Random } from 'etalon'
import type { PendingResponse } from 'etalon/http'
import { placeOf, type Specialization } from './license.ts'
import type { Person } from './person.ts'

/** What is to be planned. */
export interface SeasonPlan {
  readonly specialization: Specialization
  readonly instructor: Person
  /** Number of sessions; one unless given. */
  readonly sessions?: number
  readonly costCredits?: number
  readonly capacity?: number
  readonly sessionType?: 'ON_SITE' | 'VIRTUAL' | 'HYBRID'
}

/** An active semester with its sessions. */
export interface Season {
  readonly specialization: Specialization
  readonly name: string
  readonly semesterId: number
  readonly sessionIds: readonly number[]
}

/** What a present coach earns in each session. */
export const sessionHours = { theory: 3, practice: 2 } as const

const dayMs = 86_400_000

/**
 * Plans an active semester that runs now and whose sessions have all begun; they give 50 XP, a
 * coach's hours as well.
 */
export async function planSeason(admin: Person, random: Random, plan: SeasonPlan): Promise<Season> {
  const { specialization, instructor } = plan
  const name = `Season ${random.text(10)}`
  const sessions = plan.sessions ?? 1
  const startsAt = Date.now() - Math.max(1, sessions) * 7 * dayMs
  const semester = await admin
    .post<{ id: number }>('/api/v1/semesters', {
      code: name,
      name,
      specialization_type: specialization,
      start_date: dayOf(startsAt),
      end_date: dayOf(Date.now() + 53 * dayMs),
      status: 'ACTIVE',
      cost_credits: plan.costCredits ?? 500,
    })
    .expect(201)
  const semesterId = semester.body.id
  const sessionIds: number[] = []
  for (let week = 0; week < sessions; week += 1) {
    const from = startsAt + week * 7 * dayMs
    const session = await admin
      .post<{ id: number }>('/api/v1/sessions', {
        semester_id: semesterId,
        starts_at: new Date(from).toISOString(),
        ends_at: new Date(from + 90 * 60_000).toISOString(),
        session_type: plan.sessionType ?? 'ON_SITE',
        instructor_id: instructor.id,
        capacity: plan.capacity ?? 20,
        base_xp: 50,
        theory_hours: sessionHours.theory,
        practice_hours: sessionHours.practice,
      })
      .expect(201)
    sessionIds.push(session.body.id)
  }
  return { specialization, name, semesterId, sessionIds }
}

/** Asks to enrol the holder's own licence, or has the admin assign it. */
export function askToEnroll(
  { specialization, semesterId }: Season,
  { holder, licenseId, admin }: { holder: Person; licenseId: number; admin: Person },
): PendingResponse<Enrolled> {
  const { path } = placeOf[specialization]
  const body = { semester_id: semesterId, license_id: licenseId }
  return specialization === 'COACH'
    ? admin.post<Enrolled>(`${path}/assignments`, { ...body, assignment_role: 'ASSISTANT' })
    : holder.post<Enrolled>(`${path}/enrollments`, body)
}

/** Enrols as {@link askToEnroll} asks, and gives the enrolment's id. */
export async function enrollIn(
  season: Season,
  who: { holder: Person; licenseId: number; admin: Person },
): Promise<number> {
  return (await askToEnroll(season, who).expect(201)).body.enrollment_id
}

/** Enrols and has the payment verified, so that attendance can be marked. */
export async function enrollPaid(
  season: Season,
  who: { holder: Person; licenseId: number; admin: Person },
): Promise<number> {
  const enrollmentId = await enrollIn(season, who)
  await who.admin.post(`/api/v1/enrollments/${enrollmentId}/verify-payment`).expect(200)
  return enrollmentId
}

/** Today and other moments as the API writes days. */
export function dayOf(timeMs: number): string {
  return new Date(timeMs).toISOString().slice(0, 10)
}

interface Enrolled {
  readonly enrollment_id: number
}
