import type { Sql } from 'etalon'
import type { Levels, Pair } from './coupled-pair.ts'

/**
 * All that is kept of users' coupled specializations, with the version of every row: two of these
 * are equal only when nothing was written in between, not even the same again.
 */
export async function pairState(sql: Sql, userIds: readonly number[]): Promise<unknown> {
  const ids = [userIds]
  const of = (text: string): Promise<unknown[]> => sql.rows(text, ids)
  return {
    progress: await of(
      `select xmin::text as version, * from specialization_progress
       where student_id = any($1) order by id`,
    ),
    licenses: await of(
      `select xmin::text as version, * from user_licenses where user_id = any($1) order by id`,
    ),
    changes: await of(
      `select p.* from license_progressions p join user_licenses l on l.id = p.user_license_id
       where l.user_id = any($1) order by p.id`,
    ),
    achievements: await of(
      'select * from user_achievements where user_id = any($1) order by user_id, code',
    ),
    audit: await of(
      `select a.* from audit_log a
       where a.entity = 'user' and a.entity_id = any($1) or a.entity = 'progress' and a.entity_id in
         (select id from specialization_progress where student_id = any($1))
       order by a.id`,
    ),
  }
}

/** A side of a pair; a side that is missing has no level. */
interface Sides extends Levels {
  readonly xp?: number
  readonly maximum?: number
}

/** Puts a pair's rows straight into the database, as a fault would have left them. */
export async function plantPair(
  sql: Sql,
  { studentId, specialization }: Pair,
  { progress, license, xp = 5_000_000, maximum = 8 }: Sides,
): Promise<void> {
  if (progress !== null) {
    await sql.run(
      `insert into specialization_progress
         (student_id, specialization_id, current_level, total_xp, completed_sessions)
       values ($1, $2, $3, $4, 100)`,
      [studentId, specialization, progress, xp],
    )
  }
  if (license !== null) {
    await sql.run(
      `insert into user_licenses
         (user_id, specialization_type, current_level, max_achieved_level, started_at)
       values ($1, $2, $3, $4, now())`,
      [studentId, specialization, license, maximum],
    )
  }
}
