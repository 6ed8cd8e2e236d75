import { sql, type Kysely } from 'kysely'
import { statement, type Page, type PageRequest } from 'service-kit'
import type { Actor } from '../actor.ts'
import type { Specialization } from '../specialization.ts'
import { readPage } from './list.ts'
import type { Tables } from './table.ts'

/** An active licence of any specialization, as the view has it. */
export interface ActiveLicense {
  readonly specialization_type: Specialization
  readonly license_id: number
  readonly user_id: number
  readonly current_level: number | null
  readonly max_achieved_level: number | null
  readonly credit_balance: number | null
  readonly total_xp: number | null
  readonly age_group: string | null
  readonly overall_avg: number | null
  readonly win_rate: number | null
  readonly theory_hours: number | null
  readonly practice_hours: number | null
  readonly teaching_hours: number | null
  readonly expires_at: Date | null
  readonly created_at: Date
  readonly updated_at: Date
}

const columns = [
  'specialization_type',
  'license_id',
  'user_id',
  'current_level',
  'max_achieved_level',
  'credit_balance',
  'total_xp',
  'age_group',
  'overall_avg',
  'win_rate',
  'theory_hours',
  'practice_hours',
  'teaching_hours',
  'expires_at',
  'created_at',
  'updated_at',
] as const

/** The active licences of one user: at most one in each specialization. */
export const activeLicensesOf = statement<ActiveLicense, [userId: number]>(
  'license-active-of-user',
  `select ${columns.join(', ')} from v_all_active_licenses where user_id = $1 order by license_id`,
)

/** Active licences that the actor may see; of one user, or those that expire in a period. */
export function listLicenses(
  db: Kysely<Tables>,
  actor: Actor,
  filter: PageRequest & {
    readonly now: Date
    readonly user_id?: number | undefined
    readonly expiring?: { readonly after: Date; readonly until: Date } | undefined
  },
): Promise<Page<ActiveLicense>> {
  let query = db.selectFrom('v_all_active_licenses')
  if (filter.user_id !== undefined) query = query.where('user_id', '=', filter.user_id)
  if (filter.expiring !== undefined) {
    const { after, until } = filter.expiring
    query = query.where(sql<boolean>`expires_at > ${after} and expires_at <= ${until}`)
  }
  if (actor.role === 'STUDENT') query = query.where('user_id', '=', actor.id)
  if (actor.role === 'INSTRUCTOR') {
    query = query.where((where) =>
      where.or([
        where('user_id', '=', actor.id),
        where.exists(
          where
            .selectFrom('v_enrollments')
            .innerJoin('semesters', 'semesters.id', 'v_enrollments.semester_id')
            .innerJoin('sessions', 'sessions.semester_id', 'v_enrollments.semester_id')
            .whereRef('v_enrollments.license_id', '=', 'v_all_active_licenses.license_id')
            .where('v_enrollments.is_active', '=', true)
            .where('v_enrollments.status', '=', 'ENROLLED')
            .where('semesters.status', 'not in', ['COMPLETED', 'CANCELLED'])
            .where('semesters.end_date', '>=', filter.now.toISOString().slice(0, 10))
            .where('sessions.instructor_id', '=', actor.id)
            .select('sessions.id'),
        ),
      ]),
    )
  }
  const isByExpiry = filter.expiring !== undefined
  return readPage(query, filter, (rows) =>
    rows
      .select(columns)
      .$if(isByExpiry, (found) => found.orderBy('expires_at'))
      .orderBy('license_id'),
  )
}
