import { statement } from 'service-kit'
import type { CoupledSpecialization } from '../coupled.ts'
import type { ProgressRow } from '../schema/progress.ts'
import { inScope } from './license.ts'

const columns = `p.id, p.student_id, p.specialization_id, p.ladder_version, p.current_level,
  p.total_xp, p.completed_sessions, p.completed_projects, p.theory_hours_completed,
  p.practice_hours_completed, p.last_activity, p.created_at`

type Pair = [userId: number, specialization: CoupledSpecialization]

/** Makes progress at level 1 unless it is there; gives a row when it was made. */
export const insertProgress = statement<
  ProgressRow,
  [...Pair, ladderId: string, level: number, now: Date]
>(
  'progress-insert',
  `insert into specialization_progress as p
     (student_id, specialization_id, ladder_version, current_level, created_at)
   select $1, $2, current_version, $4, $5 from ladders where id = $3
   on conflict on constraint specialization_progress_one_per_specialization do nothing
   returning ${columns}`,
)

/** Holds progress until the transaction ends; always before its licence. */
export const lockProgress = statement<ProgressRow, Pair>(
  'progress-lock',
  `select ${columns} from specialization_progress p
   where p.student_id = $1 and p.specialization_id = $2 for update`,
)

export const readProgress = statement<ProgressRow, Pair>(
  'progress-read',
  `select ${columns} from specialization_progress p
   where p.student_id = $1 and p.specialization_id = $2`,
)

export const readProgressOf = statement<ProgressRow, [userId: number]>(
  'progress-of-user',
  `select ${columns} from specialization_progress p
   where p.student_id = $1 order by p.specialization_id`,
)

/** Writes what was reached; the caller holds the row. */
export const writeProgress = statement<
  never,
  [
    id: number,
    level: number,
    xp: number,
    sessions: number,
    projects: number,
    theoryHours: number,
    practiceHours: number,
    now: Date,
  ]
>(
  'progress-write',
  `update specialization_progress
   set current_level = $2, total_xp = $3, completed_sessions = $4, completed_projects = $5,
     theory_hours_completed = $6, practice_hours_completed = $7, last_activity = $8
   where id = $1`,
)

// Belts are PLAYER in the older tables and GANCUJU in those of today.
const licenseOf = {
  PLAYER: ['gancuju_licenses', 'GANCUJU'],
  COACH: ['coach_licenses', 'COACH'],
  INTERNSHIP: ['internship_licenses', 'INTERNSHIP'],
} as const

/** A student as far as rights go: whether there is one, and whether the actor teaches him there. */
export const findStudent = {
  PLAYER: findStudentOf('PLAYER'),
  COACH: findStudentOf('COACH'),
  INTERNSHIP: findStudentOf('INTERNSHIP'),
}

// eslint-disable-next-line typescript/explicit-function-return-type -- the type is the statement's
function findStudentOf(specialization: CoupledSpecialization) {
  const [table, name] = licenseOf[specialization]
  return statement<
    { user_id: number; in_scope: boolean; date_of_birth: string | null; min_age: number },
    [userId: number, actorId: number]
  >(
    `progress-student-${specialization}`,
    `select u.id as user_id, u.date_of_birth, s.min_age,
       exists (select from ${table} l where l.user_id = u.id and ${inScope(name, '$2')}) as in_scope
     from users u join specializations s on s.id = '${specialization}' where u.id = $1`,
  )
}
