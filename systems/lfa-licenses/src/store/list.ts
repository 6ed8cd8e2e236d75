import { sql, type Kysely, type SelectQueryBuilder } from 'kysely'
import { pageWindow, toPage, type Page, type PageRequest } from 'service-kit'
import type { Actor, Role } from '../actor.ts'
import type { Enrollment } from '../schema/enrollment.ts'
import type { Semester, SemesterStatus, Session } from '../schema/semester.ts'
import type { UserRow } from '../schema/user.ts'
import type { Specialization } from '../specialization.ts'
import { creditsSpent } from './enrollment.ts'
import type { Tables } from './table.ts'

type Db = Kysely<Tables>

/** A page's rows in order, and how many rows there are in all. */
export async function readPage<Name extends keyof Tables, Row, Item>(
  query: SelectQueryBuilder<Tables, Name, Row>,
  request: PageRequest,
  select: (query: SelectQueryBuilder<Tables, Name, Row>) => {
    limit(count: number): { offset(count: number): { execute(): Promise<Item[]> } }
  },
): Promise<Page<Item>> {
  const { limit, offset } = pageWindow(request)
  const items = await select(query).limit(limit).offset(offset).execute()
  return toPage(request, items, async () => {
    const counting = query.clearSelect().select(sql<number>`count(*)`.as('total'))
    return (await counting.executeTakeFirstOrThrow()).total
  })
}

/** Users by role, and by a part of their name or e-mail. */
export function listUsers(
  db: Db,
  filter: PageRequest & { readonly role?: Role | undefined; readonly search?: string | undefined },
): Promise<Page<UserRow>> {
  let query = db.selectFrom('users')
  if (filter.role !== undefined) query = query.where('role', '=', filter.role)
  if (filter.search !== undefined) {
    const part = `%${filter.search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
    query = query.where((where) =>
      where.or([where('name', 'ilike', part), where('email', 'ilike', part)]),
    )
  }
  return readPage(query, filter, (rows) =>
    rows
      .select(['id', 'email', 'name', 'role', 'is_active', 'date_of_birth'])
      .select(['parental_consent', 'xp_balance', 'created_at'])
      .orderBy('id'),
  )
}

/** Semesters by specialization and status, newest first. */
export function listSemesters(
  db: Db,
  filter: PageRequest & {
    readonly specialization?: Specialization | undefined
    readonly status?: SemesterStatus | undefined
  },
): Promise<Page<Semester>> {
  let query = db.selectFrom('semesters')
  if (filter.specialization !== undefined) {
    query = query.where('specialization_type', '=', filter.specialization)
  }
  if (filter.status !== undefined) query = query.where('status', '=', filter.status)
  return readPage(query, filter, (rows) =>
    rows
      .select(['id', 'code', 'name', 'specialization_type', 'start_date', 'end_date'])
      .select(['status', 'cost_credits', 'created_at'])
      .orderBy('id', 'desc'),
  )
}

/** Sessions by semester and instructor, in the order in which they take place. */
export function listSessions(
  db: Db,
  filter: PageRequest & {
    readonly semester_id?: number | undefined
    readonly instructor_id?: number | undefined
  },
): Promise<Page<Session>> {
  let query = db.selectFrom('sessions')
  if (filter.semester_id !== undefined) query = query.where('semester_id', '=', filter.semester_id)
  if (filter.instructor_id !== undefined) {
    query = query.where('instructor_id', '=', filter.instructor_id)
  }
  return readPage(query, filter, (rows) =>
    rows
      .select(['id', 'semester_id', 'title', 'starts_at', 'ends_at', 'session_type'])
      .select(['instructor_id', 'capacity', 'base_xp', 'theory_hours', 'practice_hours'])
      .select('created_at')
      .orderBy('starts_at')
      .orderBy('id'),
  )
}

/** Enrolments that the actor may see. */
export function listEnrollments(
  db: Db,
  actor: Actor,
  filter: PageRequest & {
    readonly semester_id?: number | undefined
    readonly user_id?: number | undefined
    readonly payment_verified?: boolean | undefined
  },
): Promise<Page<Enrollment>> {
  let query = db.selectFrom('v_enrollments')
  if (filter.semester_id !== undefined) query = query.where('semester_id', '=', filter.semester_id)
  if (filter.user_id !== undefined) query = query.where('user_id', '=', filter.user_id)
  if (filter.payment_verified !== undefined) {
    query = query.where('payment_verified', '=', filter.payment_verified)
  }
  if (actor.role === 'STUDENT') query = query.where('user_id', '=', actor.id)
  if (actor.role === 'INSTRUCTOR') {
    query = query.where((where) =>
      where.or([
        where('user_id', '=', actor.id),
        where.exists(
          where
            .selectFrom('sessions')
            .whereRef('sessions.semester_id', '=', 'v_enrollments.semester_id')
            .where('sessions.instructor_id', '=', actor.id)
            .select('sessions.id'),
        ),
      ]),
    )
  }
  return readPage(query, filter, (rows) =>
    rows
      .select(['specialization_type', 'enrollment_id', 'license_id', 'user_id', 'semester_id'])
      .select(['payment_verified', 'payment_reference_code', 'payment_proof_url', 'status'])
      .select(['is_active', 'graduated_at', 'assignment_role', 'created_at'])
      .select(sql<number>`${sql.raw(creditsSpent('v_enrollments'))}`.as('credits_spent'))
      .orderBy('enrollment_id'),
  )
}
