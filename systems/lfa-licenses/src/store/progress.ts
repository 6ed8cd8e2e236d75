import { statement } from 'service-kit'
import type { CoupledSpecialization } from '../coupled.ts'
import type { Achievement, ProgressRow } from '../schema/progress.ts'
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

/**
 * The same with what follows from it: achievements that are new, and the audit log; gives the
 * achievements. One statement, because every training session of every student comes by here.
 */
export const advanceProgress = statement<
  Omit<Achievement, 'earned_at'>,
  [
    id: number,
    level: number,
    xp: number,
    sessions: number,
    projects: number,
    theoryHours: number,
    practiceHours: number,
    now: Date,
    actorId: number,
    before: string,
    after: string,
  ]
>(
  'progress-advance',
  `with advanced as (
     update specialization_progress
     set current_level = $2, total_xp = $3, completed_sessions = $4, completed_projects = $5,
       theory_hours_completed = $6, practice_hours_completed = $7, last_activity = $8
     where id = $1
     returning id, student_id, specialization_id, current_level, completed_sessions
   ), audited as (
     insert into audit_log (actor_id, action, entity, entity_id, before, after, at)
     select $9, 'progress.update', 'progress', id, $10, $11, $8 from advanced
   ), earned as (
     insert into user_achievements (user_id, code, earned_at)
     select p.student_id, a.code, $8 from advanced p
     join achievements a
       on a.specialization_id = p.specialization_id or a.specialization_id is null
     where coalesce((a.criteria ->> 'level')::integer, 1) <= p.current_level
       and coalesce((a.criteria ->> 'sessions')::integer, 0) <= p.completed_sessions
       and not exists (
         select from user_achievements u where u.user_id = p.student_id and u.code = a.code
       )
     on conflict on constraint user_achievements_once do nothing
     returning code
   )
   select a.code, a.title, a.description, a.specialization_id
   from earned join achievements a using (code) order by a.code`,
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
    [userId: number, actorId: number, now: Date]
  >(
    `progress-student-${specialization}`,
    `select u.id as user_id, u.date_of_birth, s.min_age,
       exists (select from ${table} l where l.user_id = u.id and ${inScope(name, '$2', '$3')}) as in_scope
     from users u join specializations s on s.id = '${specialization}' where u.id = $1`,
  )
}
