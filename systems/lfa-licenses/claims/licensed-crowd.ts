import type { Random, Sql } from 'etalon'
import { placeOf, specializations, type Specialization } from './license.ts'

/** Users of a crowd are numbered from here; people whom a claim signs in stay far below. */
const firstUser = 1_000_000

const rowsOf: Readonly<Record<Specialization, string>> = {
  LFA_PLAYER: `(user_id, age_group, heading_avg, passing_avg)
    select id, 'AMATEUR', id % 100, id % 90`,
  GANCUJU: `(user_id, current_level, max_achieved_level, teaching_hours)
    select id, 1 + id % 8, 1 + id % 8, id % 200`,
  INTERNSHIP: `(user_id, total_xp, current_level, max_achieved_level, expires_at)
    select id, 0, 1, 1, now() + interval '1 year'`,
  COACH: `(user_id, current_level, max_achieved_level, theory_hours, expires_at)
    select id, 1 + id % 8, 1 + id % 8, id % 300, now() + interval '2 years'`,
}

const olderRows = `insert into user_licenses
    (user_id, specialization_type, current_level, max_achieved_level, started_at)
  select id, ('{${specializations.join(',')}}'::text[])[1 + id % 4], 1 + id % 8, 1 + id % 8, now()`

const users = `insert into users (id, email, name, role, password_hash, date_of_birth)
  select id, 'crowd-' || id || '@lfa.example', 'One of the crowd', 'STUDENT', 'none', '2004-03-15'`

/**
 * Lets a crowd grow to so many users, each with an active licence in every specialization, and as
 * many rows be in the older `user_licenses`: one a user, the specializations by turns. The rows are
 * put in past triggers and references, for which this many could not wait; they are right without.
 */
export async function gatherCrowd(sql: Sql, size: number): Promise<void> {
  const there = await sql.value<number>('select count(*) from users where id >= $1', [firstUser])
  if (there >= size) return
  const insert = (statement: string): Promise<void> =>
    sql.session(async (one) => {
      await one.run(`set session_replication_role = 'replica'`)
      await one.run(`${statement} from generate_series($1::bigint, $2) id`, [
        firstUser + there,
        firstUser + size - 1,
      ])
      await one.run(`set session_replication_role = 'origin'`)
    })
  const tables = specializations.map((name) => placeOf[name].licenses)
  const licenses = specializations.map((name) =>
    insert(`insert into ${placeOf[name].licenses} ${rowsOf[name]}`),
  )
  await Promise.all([insert(users), insert(olderRows), ...licenses])
  await Promise.all(
    ['users', 'user_licenses', ...tables].map((table) => sql.run(`vacuum analyze ${table}`)),
  )
}

/** Somebody of a crowd, and the specialization of which the older table has his row. */
export function anyoneOf(
  size: number,
  random: Random,
): { readonly userId: number; readonly olderSpecialization: Specialization } {
  const userId = firstUser + random.integer(0, size - 1)
  return { userId, olderSpecialization: specializations[userId % 4] as Specialization }
}
