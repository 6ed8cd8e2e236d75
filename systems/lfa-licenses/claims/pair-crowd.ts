import type { HttpClient, Random, Sql } from 'etalon'
import type { CoupledSpecialization } from './coupled-pair.ts'
import { checkNow } from './health.ts'

/** What stands on both sides of a pair; null where there is no row. */
export interface PairRows {
  readonly user_id: number
  readonly specialization: CoupledSpecialization
  readonly progress: number | null
  readonly license: number | null
  /** The highest level of the licence; its level unless given. */
  readonly maximum?: number
}

/** Puts pairs straight into the database, whatever is wrong with them. */
export async function plantPairs(sql: Sql, pairs: readonly PairRows[]): Promise<void> {
  await sql.run(
    `with planted as (
       select * from jsonb_to_recordset($1::jsonb) as p (
         user_id bigint, specialization text, progress smallint, license smallint,
         maximum smallint
       )
     ), progress as (
       insert into specialization_progress
         (student_id, specialization_id, current_level, total_xp, completed_sessions)
       select user_id, specialization, progress, 5000000, 1000 from planted
       where progress is not null
     )
     insert into user_licenses
       (user_id, specialization_type, current_level, max_achieved_level, started_at)
     select user_id, specialization, license, coalesce(maximum, license), now() from planted
     where license is not null`,
    [JSON.stringify(pairs)],
  )
}

/** Puts so many students into the database, each with belts that agree at level 1. */
export async function plantCrowd(sql: Sql, random: Random, count: number): Promise<void> {
  await sql.run(
    `with student as (
       insert into users (email, name, role, date_of_birth, password_hash)
       select $1 || n || '@lfa.example', 'One of many', 'STUDENT', '2004-03-15', 'none'
       from generate_series(1, $2::integer) n returning id
     ), progress as (
       insert into specialization_progress (student_id, specialization_id)
       select id, 'PLAYER' from student
     )
     insert into user_licenses (user_id, specialization_type, started_at)
     select id, 'PLAYER', now() from student`,
    [random.text(10), count],
  )
}

/** Sets so many licences of a crowd to level 2, beside progress at 1, and all others to 1. */
export async function breakCrowd(sql: Sql, count: number): Promise<void> {
  const [one, two] = ['current_level = 1', 'current_level = 2, max_achieved_level = 2']
  await sql.run(`update user_licenses set ${one} where current_level <> 1`)
  await sql.run(
    `update user_licenses set ${two}
     where id in (select id from user_licenses order by id limit $1)`,
    [count],
  )
}

/**
 * Takes away every licence, all progress and every check of an instance, so that a check covers
 * what its claim puts there and nothing else. The service forgets its answers with a bulk sync.
 */
export async function clearAway(sql: Sql, admin: HttpClient): Promise<void> {
  await sql.run(
    `truncate integrity_checks, specialization_progress, user_licenses, lfa_player_licenses,
       gancuju_licenses, internship_licenses, coach_licenses cascade`,
  )
  await admin.post('/api/v1/licenses/admin/sync/all').expect(200)
}

/** A crowd that an instance has nobody beside, some of it broken, and all of it checked. */
export async function checkCrowd(
  {
    sql,
    random,
    admin,
  }: { readonly sql: Sql; readonly random: Random; readonly admin: HttpClient },
  { pairs, broken }: { readonly pairs: number; readonly broken: number },
): Promise<void> {
  await clearAway(sql, admin)
  await plantCrowd(sql, random, pairs)
  await breakCrowd(sql, broken)
  await checkNow(admin).expect(200)
}
