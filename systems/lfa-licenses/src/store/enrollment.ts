import { statement, type Sql, type Statement } from 'service-kit'
import type { Owned } from '../actor.ts'
import type { Enrollment } from '../schema/enrollment.ts'
import {
  namesOf,
  specializations,
  type EnrolledSpecialization,
  type Specialization,
} from '../specialization.ts'

/** SQL of the credits spent on an enrolment of the view; of both ledgers one has rows of it. */
export function creditsSpent(view: string): string {
  return `(
    select coalesce(-sum(t.amount), 0)::integer from (
      select amount from lfa_player_credit_transactions
      where enrollment_id = ${view}.enrollment_id
      union all
      select amount from internship_credit_transactions
      where enrollment_id = ${view}.enrollment_id
    ) t)`
}

const columns = `specialization_type, enrollment_id, license_id, user_id, semester_id,
  payment_verified, payment_reference_code, payment_proof_url, status, is_active, graduated_at,
  assignment_role, created_at, ${creditsSpent('v')} as credits_spent`

/** An enrolment, and whether the actor teaches in its semester. */
export type OwnedEnrollment = Enrollment & Owned

const byId = statement<OwnedEnrollment, [id: number, actorId: number]>(
  'enrollment-by-id',
  `select ${columns}, v.is_active and exists (
     select from sessions s where s.semester_id = v.semester_id and s.instructor_id = $2
   ) as in_scope
   from v_enrollments v where enrollment_id = $1`,
)

/** Finds an enrolment of whichever specialization; one sequence numbers all. */
export async function findEnrollment(
  sql: Sql,
  id: number,
  actorId: number,
): Promise<OwnedEnrollment | undefined> {
  return (await byId(sql, id, actorId))[0]
}

const lockById = perSpecialization(
  specializations,
  ({ prefix, enrollmentTable }): Statement<{ id: number }, [id: number]> =>
    statement(
      `${prefix}-enrollment-lock`,
      `select id from ${enrollmentTable} where id = $1 for no key update`,
    ),
)

/**
 * Holds an enrolment against other writers and gives it as it is then. Enrolments are locked
 * before licences everywhere.
 */
export async function lockEnrollment(
  tx: Sql,
  id: number,
  actorId: number,
): Promise<OwnedEnrollment | undefined> {
  const found = await findEnrollment(tx, id, actorId)
  if (found === undefined) return undefined
  await lockById[found.specialization_type](tx, id)
  return findEnrollment(tx, id, actorId)
}

const paidSpecializations = ['LFA_PLAYER', 'GANCUJU', 'INTERNSHIP'] as const

export const insertEnrollment = perSpecialization(
  paidSpecializations,
  ({
    prefix,
  }): Statement<
    { id: number },
    [
      licenseId: number,
      semesterId: number,
      referenceCode: string | null,
      proofUrl: string | null,
      now: Date,
    ]
  > =>
    statement(
      `${prefix}-enrollment-insert`,
      `insert into ${prefix}_enrollments
         (license_id, semester_id, payment_reference_code, payment_proof_url, created_at)
       values ($1, $2, $3, $4, $5) returning id`,
    ),
)

export const insertAssignment = statement<
  { id: number },
  [licenseId: number, semesterId: number, role: string, now: Date]
>(
  'coach-assignment-insert',
  `insert into coach_assignments (license_id, semester_id, assignment_role, created_at)
   values ($1, $2, $3, $4) returning id`,
)

/** Marks the payment as verified; gives no row when that was done before. */
export const verifyPayment = perSpecialization(
  paidSpecializations,
  ({ prefix }): Statement<{ id: number }, [id: number, actorId: number | null, now: Date]> =>
    statement(
      `${prefix}-enrollment-verify`,
      `update ${prefix}_enrollments
       set payment_verified = true, payment_verified_by = $2, payment_verified_at = $3
       where id = $1 and not payment_verified returning id`,
    ),
)

export const cancelEnrollment = perSpecialization(
  paidSpecializations,
  ({ prefix }): Statement<never, [id: number]> =>
    statement(
      `${prefix}-enrollment-cancel`,
      `update ${prefix}_enrollments set status = 'CANCELLED', is_active = false where id = $1`,
    ),
)

export const endAssignment = statement<never, [id: number]>(
  'coach-assignment-end',
  'update coach_assignments set is_active = false where id = $1',
)

export const graduateEnrollment = perSpecialization(
  paidSpecializations,
  ({ prefix }): Statement<never, [id: number, now: Date]> =>
    statement(
      `${prefix}-enrollment-graduate`,
      `update ${prefix}_enrollments set status = 'GRADUATED', graduated_at = $2 where id = $1`,
    ),
)

/** Whether a specialization's semesters are paid for. */
export function isPaid(specialization: Specialization): specialization is EnrolledSpecialization {
  return specialization !== 'COACH'
}

function perSpecialization<Name extends Specialization, Made>(
  names: readonly Name[],
  make: (of: (typeof namesOf)[Name]) => Made,
): Readonly<Record<Name, Made>> {
  const entries = names.map((name) => [name, make(namesOf[name])] as const)
  return Object.fromEntries(entries) as Record<Name, Made>
}
