import { statement, type Sql } from 'service-kit'
import type { RosterLine } from '../schema/queue.ts'
import { isUnderWay } from './license.ts'

/** Whose students, of which specialization, by a part of their name, and until when valid. */
type RosterFilter = [
  instructorId: number | null,
  specialization: string | null,
  namePart: string | null,
  expiresAfter: Date | null,
  expiresUntil: Date | null,
  now: Date,
]

const found = `v_all_active_licenses v join users u on u.id = v.user_id
  where ($1::bigint is null or (v.user_id <> $1 and exists (
      select from v_enrollments e join semesters m on m.id = e.semester_id
      join sessions s on s.semester_id = m.id
      where e.license_id = v.license_id and e.is_active and e.status = 'ENROLLED'
        and s.instructor_id = $1 and ${isUnderWay('m', '$6')})))
    and ($2::text is null or v.specialization_type = $2)
    and ($3::text is null or u.name ilike $3)
    and ($4::timestamptz is null or v.expires_at > $4)
    and ($5::timestamptz is null or v.expires_at <= $5)`

/** Active licences with their holders: those that expire first, then by name. */
export const readRoster = statement<RosterLine, [...RosterFilter, limit: number, offset: number]>(
  'roster-read',
  `select v.specialization_type, v.license_id, v.user_id, u.name as holder_name, v.current_level,
     v.overall_avg, v.age_group, v.win_rate, v.theory_hours, v.practice_hours, v.teaching_hours,
     v.total_xp, v.expires_at
   from ${found}
   order by case when $5::timestamptz is null then null else v.expires_at end, u.name, v.license_id
   limit $7 offset $8`,
)

const rosterCount = statement<{ total: number }, RosterFilter>(
  'roster-count',
  `select count(*) as total from ${found}`,
)

export async function countRoster(sql: Sql, ...filter: RosterFilter): Promise<number> {
  return (await rosterCount(sql, ...filter))[0]?.total ?? 0
}
