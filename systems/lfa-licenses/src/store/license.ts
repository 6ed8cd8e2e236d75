import { statement, type Sql, type Statement } from 'service-kit'
import type { Owned } from '../actor.ts'
import type { CoachRow, GancujuRow, InternshipRow, PlayerRow } from '../schema/license.ts'
import { namesOf, specializations, type Specialization } from '../specialization.ts'

/** The row of each specialization's table. */
export interface LicenseRows {
  LFA_PLAYER: PlayerRow
  GANCUJU: GancujuRow
  INTERNSHIP: InternshipRow
  COACH: CoachRow
}

/** The columns of each table, under the alias `l`. */
export const columnsOf: Readonly<Record<Specialization, string>> = {
  LFA_PLAYER: `l.id, l.user_id, l.is_active, l.age_group, l.credit_balance, l.heading_avg,
    l.shooting_avg, l.crossing_avg, l.passing_avg, l.dribbling_avg, l.ball_control_avg,
    l.overall_avg, l.created_at, l.updated_at`,
  GANCUJU: `l.id, l.user_id, l.is_active, l.ladder_version, l.current_level,
    l.max_achieved_level, l.eligible_level, l.sessions_attended, l.competitions_entered,
    l.competitions_won, l.win_rate, l.teaching_hours, l.last_advanced_at, l.created_at,
    l.updated_at`,
  INTERNSHIP: `l.id, l.user_id, l.is_active, l.ladder_version, l.credit_balance, l.total_xp,
    l.current_level, l.max_achieved_level, l.sessions_completed, l.capstone_approved_at,
    l.expires_at, l.created_at, l.updated_at`,
  COACH: `l.id, l.user_id, l.is_active, l.ladder_version, l.current_level,
    l.max_achieved_level, l.theory_hours, l.practice_hours, l.teaching_hours,
    l.last_advanced_at, l.expires_at, l.is_expired, l.created_at, l.updated_at`,
}

/** SQL that is true until the last day of the semester `semester`, unless it has ended before. */
export function isUnderWay(semester: string, now: string): string {
  return `${semester}.status not in ('COMPLETED', 'CANCELLED')
    and ${semester}.end_date >= (${now}::timestamptz at time zone 'utc')::date`
}

/** SQL that is true while the actor teaches where the licence `l` is enrolled or assigned. */
export function inScope(specialization: Specialization, actor: string, now: string): string {
  const { enrollmentTable } = namesOf[specialization]
  // An assignment ends when it is no longer active, an enrolment also when it has graduated.
  const holds = specialization === 'COACH' ? 'scope_e.is_active' : `scope_e.status = 'ENROLLED'`
  return `exists (
    select from ${enrollmentTable} scope_e
    join semesters scope_m on scope_m.id = scope_e.semester_id
    join sessions scope_s on scope_s.semester_id = scope_e.semester_id
    where scope_e.license_id = l.id and ${holds} and scope_s.instructor_id = ${actor}
      and ${isUnderWay('scope_m', now)})`
}

interface LicenseStatements<Row> {
  /** A user's licence: the active one, else the newest. */
  readonly ofUser: Statement<Row, [userId: number]>
  readonly byId: Statement<Row & Owned, [id: number, actorId: number, now: Date]>
  /** The same, held against other writers until the transaction ends. */
  readonly lock: Statement<Row & Owned, [id: number, actorId: number, now: Date]>
}

function statementsFor<Name extends Specialization>(
  name: Name,
): LicenseStatements<LicenseRows[Name]> {
  const { prefix } = namesOf[name]
  const table = `${prefix}_licenses l`
  const columns = columnsOf[name]
  const byId = `select ${columns}, ${inScope(name, '$2', '$3')} as in_scope from ${table} where l.id = $1`
  return {
    ofUser: statement(
      `${prefix}-license-of-user`,
      `select ${columns} from ${table} where l.user_id = $1
       order by l.is_active desc, l.id desc limit 1`,
    ),
    byId: statement(`${prefix}-license-by-id`, byId),
    lock: statement(`${prefix}-license-lock`, `${byId} for no key update of l`),
  }
}

/** The statements that every specialization has. */
export const licenses: { readonly [Name in Specialization]: LicenseStatements<LicenseRows[Name]> } =
  {
    LFA_PLAYER: statementsFor('LFA_PLAYER'),
    GANCUJU: statementsFor('GANCUJU'),
    INTERNSHIP: statementsFor('INTERNSHIP'),
    COACH: statementsFor('COACH'),
  }

/** A licence of whichever specialization. */
export interface LocatedLicense extends Owned {
  readonly id: number
  readonly specialization_type: Specialization
  readonly is_active: boolean
}

const locateLicense = statement<LocatedLicense, [id: number, actorId: number, now: Date]>(
  'license-locate',
  specializations
    .map(
      (name) => `select l.id, '${name}' as specialization_type, l.user_id, l.is_active,
        ${inScope(name, '$2', '$3')} as in_scope
      from ${namesOf[name].prefix}_licenses l where l.id = $1`,
    )
    .join(' union all '),
)

/** Finds a licence by its id alone; one sequence numbers all four tables. */
export async function findAnyLicense(
  sql: Sql,
  id: number,
  actorId: number,
  now: Date,
): Promise<LocatedLicense | undefined> {
  return (await locateLicense(sql, id, actorId, now))[0]
}

interface DeleteStatements {
  /** Enrolments are locked before licences, and licences before their user, everywhere. */
  readonly lockEnrollments: Statement<never, [licenseId: number]>
  readonly remove: Statement<{ row: unknown }, [licenseId: number]>
  readonly lockEnrollmentsOfUser: Statement<never, [userId: number]>
  readonly lockOfUser: Statement<never, [userId: number]>
}

function deletesFor(specialization: Specialization): DeleteStatements {
  const { prefix, enrollmentTable } = namesOf[specialization]
  return {
    lockEnrollments: statement(
      `${prefix}-license-lock-enrollments`,
      `select from ${enrollmentTable} where license_id = $1 order by id for update`,
    ),
    remove: statement(
      `${prefix}-license-delete`,
      `delete from ${prefix}_licenses l where l.id = $1 returning to_jsonb(l) as row`,
    ),
    lockEnrollmentsOfUser: statement(
      `${prefix}-license-lock-enrollments-of-user`,
      `select from ${enrollmentTable} e join ${prefix}_licenses l on l.id = e.license_id
       where l.user_id = $1 order by e.id for update of e`,
    ),
    lockOfUser: statement(
      `${prefix}-license-lock-of-user`,
      `select from ${prefix}_licenses where user_id = $1 order by id for update`,
    ),
  }
}

const deletes = {
  LFA_PLAYER: deletesFor('LFA_PLAYER'),
  GANCUJU: deletesFor('GANCUJU'),
  INTERNSHIP: deletesFor('INTERNSHIP'),
  COACH: deletesFor('COACH'),
}

/** Deletes a licence with all that hangs on it; gives the row it had. */
export async function deleteLicense(
  tx: Sql,
  specialization: Specialization,
  id: number,
): Promise<unknown> {
  const { lockEnrollments, remove } = deletes[specialization]
  await lockEnrollments(tx, id)
  return (await remove(tx, id))[0]?.row
}

/** Holds everything that goes when a user is deleted, in the order in which it is always locked. */
export async function lockLicensesOf(tx: Sql, userId: number): Promise<void> {
  for (const name of specializations) await deletes[name].lockEnrollmentsOfUser(tx, userId)
  for (const name of specializations) await deletes[name].lockOfUser(tx, userId)
}
