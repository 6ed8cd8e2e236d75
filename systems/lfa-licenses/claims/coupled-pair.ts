import type { HttpClient, Random, Sql } from 'etalon'
import type { PendingResponse } from 'etalon/http'

/** The specializations whose progress is coupled with a licence, by their older names. */
export const coupledSpecializations = ['PLAYER', 'COACH', 'INTERNSHIP'] as const

export type CoupledSpecialization = (typeof coupledSpecializations)[number]

/** A student in a coupled specialization. */
export interface Pair {
  readonly studentId: number
  readonly specialization: CoupledSpecialization
}

/** What an update answers. */
export interface Update {
  readonly old_level: number
  readonly new_level: number
  readonly levels_gained: number
  readonly leveled_up: boolean
  readonly old_xp: number
  readonly new_xp: number
  readonly sync_result: { readonly success: boolean; readonly action: string } | null
  readonly achievements_earned: readonly { readonly code: string }[]
}

/** Adds to a student's progress, as somebody who may. */
export function addProgress(
  by: HttpClient,
  { studentId, specialization }: Pair,
  gain: Readonly<Record<string, number>>,
): PendingResponse<Update> {
  return by.post<Update>('/api/v1/specializations/progress/update', {
    student_id: studentId,
    specialization_id: specialization,
    ...gain,
  })
}

/** Sets the level of progress and licence at once. */
export function setLevel(
  by: HttpClient,
  { studentId, specialization }: Pair,
  level: number,
): PendingResponse<unknown> {
  return by.post('/api/v1/specializations/progress/level', {
    student_id: studentId,
    specialization_id: specialization,
    new_level: level,
    reason: 'a claim tries it',
  })
}

/** Students put into the database, so many at once. */
export function insertStudents(sql: Sql, random: Random, count: number): Promise<number[]> {
  return sql.session(async (one) => {
    const rows = await one.rows<{ id: number }>(
      `insert into users (email, name, role, date_of_birth, password_hash)
       select $1 || n || '@lfa.example', 'A student', 'STUDENT', '2004-03-15', 'none'
       from generate_series(1, $2::int) n returning id`,
      [random.text(10), count],
    )
    return rows.map(({ id }) => id)
  })
}

/** The levels of both sides of a pair; `null` where a side is missing. */
export interface Levels {
  readonly progress: number | null
  readonly license: number | null
}

/** Reads both sides of a pair. */
export async function levelsOf(sql: Sql, { studentId, specialization }: Pair): Promise<Levels> {
  const [levels] = await sql.rows<Levels>(
    `select
       (select current_level from specialization_progress
        where student_id = $1 and specialization_id = $2) as progress,
       (select current_level from user_licenses
        where user_id = $1 and specialization_type = $2) as license`,
    [studentId, specialization],
  )
  return levels ?? { progress: null, license: null }
}

/** Every pair of the database whose two sides differ, or of which one is missing. */
export function desynchronized(sql: Sql): Promise<unknown[]> {
  return sql.rows(
    `select coalesce(student_id, user_id) as student,
       coalesce(specialization_id, specialization_type) as specialization,
       p.current_level as progress, l.current_level as license
     from specialization_progress p
     full join user_licenses l on l.user_id = p.student_id
       and l.specialization_type = p.specialization_id
     where p.current_level is distinct from l.current_level`,
  )
}
