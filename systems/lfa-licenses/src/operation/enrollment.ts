import { inTransaction, recordAudit, type Sql } from 'service-kit'
import { allowed, type Actor } from '../actor.ts'
import { fail } from '../error.ts'
import type { Enrollment } from '../schema/enrollment.ts'
import type { Semester } from '../schema/semester.ts'
import type { Service } from '../service.ts'
import type { EnrolledSpecialization, Specialization } from '../specialization.ts'
import { attendances } from '../store/attendance.ts'
import { ledgers } from '../store/credit.ts'
import {
  cancelEnrollment,
  endAssignment,
  findEnrollment,
  insertAssignment,
  insertEnrollment,
  isPaid,
  lockEnrollment,
  verifyPayment,
  type OwnedEnrollment,
} from '../store/enrollment.ts'
import { hasEnded } from '../graduation.ts'
import { licenses } from '../store/license.ts'
import { shareSemester } from '../store/semester.ts'
import { lockLicense, requireActive } from './license.ts'

/** A wish to enrol; without a licence, the caller's own. */
export interface EnrollmentRequest {
  readonly semester_id: number
  readonly license_id?: number | undefined
  readonly payment_reference_code?: string | undefined
  readonly payment_proof_url?: string | undefined
}

/** A coach's place in a semester. */
export interface AssignmentRequest {
  readonly semester_id: number
  readonly license_id: number
  readonly assignment_role: 'INSTRUCTOR' | 'ASSISTANT' | 'MENTOR'
}

/** Enrols a licence in an open semester of its specialization; usable once it is paid. */
export async function enroll(
  tx: Sql,
  service: Service,
  actor: Actor,
  of: { readonly specialization: EnrolledSpecialization; readonly request: EnrollmentRequest },
): Promise<Enrollment> {
  const { specialization, request } = of
  const now = service.clock.now()
  const semester = await openSemester(tx, specialization, { id: request.semester_id, now })
  const licenseId = request.license_id ?? (await ownLicenseId(tx, specialization, actor))
  const held = { id: licenseId, purpose: 'hold', now } as const
  const license = await lockLicense(tx, actor, specialization, held)
  requireActive(license, now)
  const [row] = await insertEnrollment[specialization](
    tx,
    licenseId,
    semester.id,
    request.payment_reference_code ?? null,
    request.payment_proof_url ?? null,
    now,
  )
  const enrollment = await readBack(tx, row, actor)
  await audit(tx, actor, { action: 'enrollment.create', after: enrollment, at: now })
  return enrollment
}

/** Assigns a coach to an open semester for coaches. Only an admin gets here. */
export async function assign(
  tx: Sql,
  service: Service,
  actor: Actor,
  request: AssignmentRequest,
): Promise<Enrollment> {
  const now = service.clock.now()
  const semester = await openSemester(tx, 'COACH', { id: request.semester_id, now })
  const license = await lockLicense(tx, actor, 'COACH', {
    id: request.license_id,
    purpose: 'hold',
    now,
  })
  requireActive(license, now)
  const [row] = await insertAssignment(tx, license.id, semester.id, request.assignment_role, now)
  const assignment = await readBack(tx, row, actor)
  await audit(tx, actor, { action: 'assignment.create', after: assignment, at: now })
  return assignment
}

/** Marks an enrolment as paid; doing it again changes nothing. */
export async function verifyEnrollment(
  service: Service,
  actor: Actor,
  id: number,
): Promise<Enrollment> {
  const now = service.clock.now()
  return inTransaction(service.pool, async (tx) => {
    const enrollment = await lockEnrollment(tx, id, actor.id)
    if (enrollment === undefined) throw fail('LFA_ENROLLMENT_UNKNOWN')
    const specialization = enrollment.specialization_type
    if (!isPaid(specialization) || enrollment.payment_verified) return enrollment
    if (enrollment.status !== 'ENROLLED') throw fail('LFA_ENROLLMENT_CLOSED')
    const [verified] = await verifyPayment[specialization](tx, id, actor.id, now)
    const after = await readBack(tx, { id }, actor)
    if (verified) {
      const action = 'enrollment.verify-payment'
      await audit(tx, actor, { action, before: enrollment, after, at: now })
    }
    return after
  })
}

/**
 * Withdraws from a semester and refunds the credits spent on it, until a session has been marked or
 * has begun since the enrolment, and not from a semester that is over; from one that was called
 * off, at any time.
 */
export async function cancel(
  tx: Sql,
  service: Service,
  actor: Actor,
  id: number,
): Promise<Enrollment> {
  const now = service.clock.now()
  requireEnrollment(actor, await findEnrollment(tx, id, actor.id), 'hold')
  const enrollment = await lockEnrollment(tx, id, actor.id)
  if (enrollment?.status !== 'ENROLLED') throw fail('LFA_ENROLLMENT_CLOSED')
  const { specialization_type: specialization, credits_spent: credits } = enrollment
  await requireLeavable(tx, enrollment, now)
  if (isPaid(specialization)) await cancelEnrollment[specialization](tx, id)
  else await endAssignment(tx, id)
  if (specialization === 'LFA_PLAYER' || specialization === 'INTERNSHIP') {
    const { refund } = ledgers[specialization]
    if (credits > 0) await refund(tx, enrollment.license_id, id, credits, actor.id, now)
  }
  const after = await readBack(tx, { id }, actor)
  await audit(tx, actor, { action: 'enrollment.cancel', before: enrollment, after, at: now })
  return after
}

async function requireLeavable(tx: Sql, enrollment: Enrollment, now: Date): Promise<void> {
  const { specialization_type, enrollment_id, semester_id, created_at } = enrollment
  const [semester] = await shareSemester(tx, semester_id)
  if (semester?.status === 'CANCELLED') return
  const isOver = semester === undefined || hasEnded(semester, now)
  if (isOver) throw fail('LFA_SEMESTER_CLOSED')
  const store = attendances[specialization_type]
  const [begun] = await store.begun(tx, enrollment_id, semester_id, created_at, now)
  if (begun !== undefined) throw fail('LFA_ENROLLMENT_ATTENDED')
}

/** Gives an enrolment back if the actor may use it for the purpose. */
export function requireEnrollment(
  actor: Actor,
  enrollment: OwnedEnrollment | undefined,
  purpose: 'read' | 'hold' | 'teach',
): OwnedEnrollment {
  if (enrollment === undefined) throw fail('LFA_ENROLLMENT_UNKNOWN')
  return allowed(actor, enrollment, purpose)
}

async function openSemester(
  tx: Sql,
  specialization: Specialization,
  { id, now }: { readonly id: number; readonly now: Date },
): Promise<Semester> {
  const [semester] = await shareSemester(tx, id)
  if (semester === undefined) throw fail('LFA_SEMESTER_UNKNOWN')
  if (semester.specialization_type !== specialization) throw fail('LFA_SPECIALIZATION_MISMATCH')
  return requireOpen(semester, now)
}

/** Gives a semester back while it can be entered and paid for. */
export function requireOpen(semester: Semester | undefined, now: Date): Semester {
  if (semester === undefined) throw fail('LFA_SEMESTER_UNKNOWN')
  const isOpen = semester.status === 'OPEN' || semester.status === 'ACTIVE'
  if (!isOpen || hasEnded(semester, now)) throw fail('LFA_SEMESTER_CLOSED')
  return semester
}

async function ownLicenseId(
  tx: Sql,
  specialization: Specialization,
  actor: Actor,
): Promise<number> {
  const [license] = await licenses[specialization].ofUser(tx, actor.id)
  if (license === undefined) throw fail('LFA_LICENSE_UNKNOWN')
  return license.id
}

async function readBack(
  tx: Sql,
  row: { readonly id: number } | undefined,
  actor: Actor,
): Promise<Enrollment> {
  const enrollment = row && (await findEnrollment(tx, row.id, actor.id))
  if (enrollment === undefined) throw fail('LFA_ENROLLMENT_UNKNOWN')
  return enrollment
}

interface EnrollmentAudit {
  readonly action: string
  /** Absent where the enrolment is new. */
  readonly before?: Enrollment
  readonly after: Enrollment
  readonly at: Date
}

function audit(
  tx: Sql,
  actor: Actor,
  { action, before, after, at }: EnrollmentAudit,
): Promise<void> {
  return recordAudit(tx, {
    actorId: actor.id,
    action,
    entity: 'enrollment',
    entityId: after.enrollment_id,
    before: before && auditedFields(before),
    after: auditedFields(after),
    at,
  })
}

function auditedFields(enrollment: Enrollment): Partial<Enrollment> {
  const { license_id, semester_id, status, is_active, payment_verified, assignment_role } =
    enrollment
  return { license_id, semester_id, status, is_active, payment_verified, assignment_role }
}
