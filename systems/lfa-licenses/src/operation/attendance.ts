import type { z } from 'zod'
import type { Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import { attendanceXp } from '../attendance-xp.ts'
import { fail } from '../error.ts'
import type { Attendance, attendanceAnswer, AttendanceStatus } from '../schema/attendance.ts'
import type { Service } from '../service.ts'
import {
  attendances,
  findSession,
  lockSession,
  markCoach,
  markGancuju,
  markInternship,
  markPlayer,
  type SessionDetail,
} from '../store/attendance.ts'
import { addCoachHours } from '../store/coach.ts'
import { countInternshipSessions } from '../store/internship.ts'
import { licenses } from '../store/license.ts'
import { enterPlayerXp, grantInternshipXp } from '../store/xp.ts'
import { requireActive } from './license.ts'
import { addToRecord } from './promotion.ts'

/** One line of a roll call. */
export interface Mark {
  readonly session_id: number
  readonly user_id: number
  readonly status: AttendanceStatus
  /** 0 to 5. */
  readonly instructor_rating?: number | undefined
  readonly quiz_score_percent?: number | undefined
  readonly notes?: string | undefined
}

/** Everything that a mark is about, with the session, the enrolment and the licence held locked. */
interface Roll {
  readonly session: SessionDetail
  readonly enrollmentId: number
  readonly licenseId: number
  readonly earlier: AttendanceStatus | undefined
  readonly mark: Mark
  readonly actor: Actor
  readonly now: Date
}

/**
 * Marks one student for one session. What presence earns goes to the licence of the session's
 * specialization and to no other. A mark other than PRESENT may be changed later; before the session
 * begins there is only EXCUSED.
 * Locks are taken in the order session, enrolment, licence.
 */
export async function markAttendance(
  tx: Sql,
  service: Service,
  actor: Actor,
  mark: Mark,
): Promise<z.infer<typeof attendanceAnswer>> {
  const now = service.clock.now()
  const session = await sessionToMark(tx, actor, mark, now)
  const specialization = session.specialization_type
  const store = attendances[specialization]
  const [enrollment] = await store.lockEnrollment(tx, mark.user_id, session.semester_id)
  if (enrollment === undefined) throw fail('LFA_ENROLLMENT_UNKNOWN')
  if (enrollment.status !== 'ENROLLED') throw fail('LFA_ENROLLMENT_CLOSED')
  if (!enrollment.payment_verified) throw fail('LFA_PAYMENT_UNVERIFIED')
  const [license] = await licenses[specialization].lock(tx, enrollment.license_id, actor.id, now)
  if (license === undefined) throw fail('LFA_LICENSE_UNKNOWN')
  requireActive(license, now)
  const earlier = (await store.markOf(tx, enrollment.id, session.id))[0]?.status
  if (earlier === 'PRESENT') throw fail('LFA_ATTENDANCE_TAKEN')
  if (isThere(mark.status)) {
    const [taken] = await store.placesTaken(tx, session.id, enrollment.id)
    if ((taken?.count ?? 0) >= session.capacity) throw fail('LFA_SESSION_FULL')
  }
  const written = await write(tx, service, {
    session,
    enrollmentId: enrollment.id,
    licenseId: license.id,
    earlier,
    mark,
    actor,
    now,
  })
  return {
    ...written,
    specialization_type: specialization,
    license_id: license.id,
    user_id: mark.user_id,
  }
}

/** The session, held locked where a place in it is given out. */
async function sessionToMark(tx: Sql, actor: Actor, mark: Mark, now: Date): Promise<SessionDetail> {
  const find = isThere(mark.status) ? lockSession : findSession
  const [session] = await find(tx, mark.session_id)
  if (session === undefined) throw fail('LFA_SESSION_UNKNOWN')
  if (actor.role !== 'ADMIN') {
    if (session.instructor_id !== actor.id) throw fail('LFA_SESSION_FOREIGN')
    if (mark.user_id === actor.id) throw fail('LFA_LICENSE_FOREIGN')
  }
  if (session.semester_status !== 'OPEN' && session.semester_status !== 'ACTIVE') {
    throw fail('LFA_SEMESTER_CLOSED')
  }
  // Who will be away says so before; whether somebody came is known when the session has begun.
  if (mark.status !== 'EXCUSED' && session.starts_at > now) throw fail('LFA_SESSION_NOT_BEGUN')
  return session
}

/** Present and late students have a place and count as having attended. */
function isThere(status: AttendanceStatus): boolean {
  return status === 'PRESENT' || status === 'LATE'
}

async function write(tx: Sql, service: Service, roll: Roll): Promise<Attendance> {
  switch (roll.session.specialization_type) {
    case 'LFA_PLAYER':
      return writePlayer(tx, roll)
    case 'GANCUJU':
      return writeGancuju(tx, service, roll)
    case 'INTERNSHIP':
      return writeInternship(tx, roll)
    case 'COACH':
      return writeCoach(tx, roll)
  }
}

async function writePlayer(tx: Sql, roll: Roll): Promise<Attendance> {
  const { licenseId, actor, now } = roll
  const xp = xpOf(roll)
  const row = taken(await markPlayer(tx, ...marking(roll), ...rated(roll.mark), xp))
  if (xp > 0) await enterPlayerXp(tx, licenseId, xp, 'ATTENDANCE', keyOf(row), actor.id, now)
  return row
}

async function writeInternship(tx: Sql, roll: Roll): Promise<Attendance> {
  const { licenseId, actor, now } = roll
  const xp = xpOf(roll)
  const row = taken(await markInternship(tx, ...marking(roll), ...rated(roll.mark), xp))
  const sessions = sessionsAdded(roll)
  if (sessions !== 0) await countInternshipSessions(tx, licenseId, sessions)
  if (xp > 0) {
    await grantInternshipXp(tx, licenseId, xp, 'ATTENDANCE', keyOf(row), null, actor.id, now, true)
  }
  return row
}

async function writeGancuju(tx: Sql, service: Service, roll: Roll): Promise<Attendance> {
  const row = taken(await markGancuju(tx, ...marking(roll)))
  const sessions = sessionsAdded(roll)
  if (sessions !== 0) await addToRecord(tx, service, roll.licenseId, { sessions })
  return row
}

async function writeCoach(tx: Sql, roll: Roll): Promise<Attendance> {
  const { session, mark, licenseId, actor, now } = roll
  const isPresent = mark.status === 'PRESENT'
  const theory = isPresent ? session.theory_hours : 0
  const practice = isPresent ? session.practice_hours : 0
  if (isPresent && theory + practice === 0) throw fail('LFA_SESSION_WITHOUT_HOURS')
  const row = taken(await markCoach(tx, ...marking(roll), theory, practice))
  if (isPresent) await addCoachHours(tx, licenseId, theory, practice, 0, actor.id, now)
  return row
}

function xpOf({ session, mark }: Roll): number {
  if (mark.status !== 'PRESENT') return 0
  return attendanceXp({
    sessionType: session.session_type,
    baseXp: session.base_xp,
    instructorRating: mark.instructor_rating ?? 0,
    quizScorePercent: mark.quiz_score_percent,
  })
}

/** How the number of attended sessions changes; a late student has been counted before. */
function sessionsAdded({ earlier, mark }: Roll): number {
  return Number(isThere(mark.status)) - Number(earlier === 'LATE')
}

function marking({
  enrollmentId,
  mark,
  actor,
  now,
}: Roll): [number, number, AttendanceStatus, Date | null, number, string | null, Date] {
  const checkedInAt = isThere(mark.status) ? now : null
  const notes = mark.notes ?? null
  return [enrollmentId, mark.session_id, mark.status, checkedInAt, actor.id, notes, now]
}

function rated(mark: Mark): [number | null, number | null] {
  return [mark.instructor_rating ?? null, mark.quiz_score_percent ?? null]
}

/** The colon keeps these keys apart from those that callers send. */
function keyOf(row: Attendance): string {
  return `attendance:${row.attendance_id}`
}

function taken(rows: readonly Attendance[]): Attendance {
  if (rows[0] === undefined) throw fail('LFA_ATTENDANCE_TAKEN')
  return rows[0]
}
