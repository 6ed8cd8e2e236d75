import { inTransaction } from 'service-kit'
import { markAttendance } from '../operation/attendance.ts'
import { enroll, verifyEnrollment } from '../operation/enrollment.ts'
import { createSemester, createSession } from '../operation/semester.ts'
import type { AttendanceStatus } from '../schema/attendance.ts'
import type { Semester, Session } from '../schema/semester.ts'
import type { Service } from '../service.ts'
import type { EnrolledSpecialization, Specialization } from '../specialization.ts'
import { addDays } from '../validity.ts'
import type { People, Person } from './person.ts'

/** The service as it would have worked so many days ago; negative numbers are days to come. */
export function daysAgo(service: Service, days: number): Service {
  const at = addDays(service.clock.now(), -days)
  return { ...service, clock: { now: () => at } }
}

/** A semester that started so many days ago, with one session a week. */
export interface Season {
  readonly specialization: Specialization
  readonly code: string
  readonly name: string
  readonly startedDaysAgo: number
  readonly weeks: number
  readonly instructor: Person
  readonly costCredits: number
}

/** What {@link planSeason} made. */
export interface PlannedSeason {
  readonly semester: Semester
  readonly sessions: readonly Session[]
}

const sessionHour = 17

/** Plans a semester and its weekly sessions. */
export async function planSeason(
  service: Service,
  { admins }: People,
  season: Season,
): Promise<PlannedSeason> {
  const admin = (admins[0] as Person).actor
  const then = daysAgo(service, season.startedDaysAgo)
  const start = then.clock.now()
  start.setUTCHours(sessionHour, 0, 0, 0)
  const semester = await createSemester(then, admin, {
    code: season.code,
    name: season.name,
    specialization_type: season.specialization,
    start_date: dayOf(start),
    end_date: dayOf(addDays(start, season.weeks * 7)),
    status: 'ACTIVE',
    cost_credits: season.costCredits,
  })
  const sessions: Session[] = []
  for (let week = 0; week < season.weeks; week += 1) {
    const startsAt = addDays(start, week * 7)
    const session = await createSession(then, admin, {
      semester_id: semester.id,
      title: `Week ${week + 1}`,
      starts_at: startsAt,
      ends_at: new Date(startsAt.getTime() + 90 * 60_000),
      session_type: week % 3 === 2 ? 'VIRTUAL' : 'ON_SITE',
      instructor_id: season.instructor.actor.id,
      capacity: 20,
      ...(season.specialization === 'COACH' ? { theory_hours: 2, practice_hours: 2 } : {}),
    })
    sessions.push(session)
  }
  return { semester, sessions }
}

/** Enrols a student who has a licence, and verifies the payment unless it is still awaited. */
export async function enrollStudent(
  service: Service,
  { admins }: People,
  student: Person,
  place: {
    readonly specialization: EnrolledSpecialization
    readonly semester: Semester
    readonly paid: boolean
  },
): Promise<number> {
  const { specialization, semester, paid } = place
  const reference = `BANK-${semester.id}-${student.actor.id}`
  const request = { semester_id: semester.id, payment_reference_code: reference }
  const { enrollment_id } = await inTransaction(service.pool, (tx) =>
    enroll(tx, service, student.actor, { specialization, request }),
  )
  if (paid) await verifyEnrollment(service, (admins[0] as Person).actor, enrollment_id)
  return enrollment_id
}

/** Marks a student for every session that has taken place; misses every `missesEvery`-th one. */
export async function attend(
  service: Service,
  student: Person,
  season: PlannedSeason & { readonly instructor: Person; readonly missesEvery: number },
): Promise<void> {
  const { sessions, instructor, missesEvery } = season
  const now = service.clock.now()
  for (const [index, session] of sessions.entries()) {
    if (session.ends_at > now) continue
    const then = { ...service, clock: { now: () => session.starts_at } }
    const missed = index % missesEvery === missesEvery - 1
    const status: AttendanceStatus = missed ? 'EXCUSED' : index % 4 === 3 ? 'LATE' : 'PRESENT'
    const mark = {
      session_id: session.id,
      user_id: student.actor.id,
      status,
      instructor_rating: 3 + (index % 3),
      quiz_score_percent: 60 + ((index * 17) % 40),
    }
    await inTransaction(service.pool, (tx) => markAttendance(tx, then, instructor.actor, mark))
  }
}

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
