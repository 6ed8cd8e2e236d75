import { randomBytes } from 'node:crypto'
import { recordAudit, type Sql } from 'service-kit'
import type { Actor } from '../actor.ts'
import { fail } from '../error.ts'
import {
  attendancePercent,
  graduationGaps,
  hasEnded,
  type EnrollmentRecord,
} from '../graduation.ts'
import type { Certificate } from '../schema/certificate.ts'
import type { Enrollment } from '../schema/enrollment.ts'
import type { Service } from '../service.ts'
import { attendances } from '../store/attendance.ts'
import { countAssessments, issueCertificate } from '../store/certificate.ts'
import { findEnrollment, graduateEnrollment, isPaid, lockEnrollment } from '../store/enrollment.ts'
import { findSemester } from '../store/semester.ts'
import { requireEnrollment } from './enrollment.ts'

/** Graduates an enrolment that has earned it, and issues its certificate. */
export async function graduate(
  tx: Sql,
  { clock, domain }: Service,
  actor: Actor,
  id: number,
): Promise<Certificate> {
  const now = clock.now()
  requireEnrollment(actor, await findEnrollment(tx, id, actor.id), 'teach')
  const enrollment = await lockEnrollment(tx, id, actor.id)
  if (enrollment?.status !== 'ENROLLED') throw fail('LFA_ENROLLMENT_CLOSED')
  const specialization = enrollment.specialization_type
  // A coach's assignment does not end in a graduation.
  if (!isPaid(specialization)) throw fail('LFA_SPECIALIZATION_MISMATCH')
  const record = await recordOf(tx, enrollment, now)
  const gaps = graduationGaps(record, domain.attendancePercentMin)
  if (gaps.length > 0) throw fail('LFA_GRADUATION_NOT_EARNED', gaps)

  await graduateEnrollment[specialization](tx, id, now)
  const percent = attendancePercent(record)
  const issue = issueCertificate[specialization]
  const [certificate] = await issue(tx, newCode(), id, percent, actor.id, now)
  if (certificate === undefined) throw fail('LFA_ENROLLMENT_UNKNOWN')
  await recordAudit(tx, {
    actorId: actor.id,
    action: 'enrollment.graduate',
    entity: 'enrollment',
    entityId: id,
    before: { status: enrollment.status },
    after: { status: 'GRADUATED', certificate: certificate.code, attendance_percent: percent },
    at: now,
  })
  return certificate
}

async function recordOf(tx: Sql, enrollment: Enrollment, now: Date): Promise<EnrollmentRecord> {
  const { specialization_type, enrollment_id, license_id, semester_id } = enrollment
  const [semester] = await findSemester(tx, semester_id)
  const [marks] = await attendances[specialization_type].summary(tx, enrollment_id, semester_id)
  const hasSkills = specialization_type === 'LFA_PLAYER'
  const assessments = hasSkills ? (await countAssessments(tx, license_id))[0]?.count : undefined
  return {
    semesterEnded: semester !== undefined && hasEnded(semester, now),
    paymentVerified: enrollment.payment_verified,
    sessions: marks?.sessions ?? 0,
    attended: marks?.attended ?? 0,
    excused: marks?.excused ?? 0,
    skillAssessments: assessments,
  }
}

/** 26 letters and digits, 130 random bits: nobody guesses one. */
function newCode(): string {
  const alphabet = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789'
  return Array.from(randomBytes(26), (byte) => alphabet[byte % alphabet.length]).join('')
}
