import { statement } from 'service-kit'
import type { CoachRow } from '../schema/license.ts'
import { columnsOf } from './license.ts'

export const insertCoach = statement<CoachRow, [userId: number, expiresAt: Date, now: Date]>(
  'coach-insert',
  `insert into coach_licenses as l (user_id, ladder_version, expires_at, created_at, updated_at)
   select $1, current_version, $2, $3, $3 from ladders where id = 'COACH'
   returning ${columnsOf.COACH}`,
)

/** Adds hours and records who credited them. The licence must be active and not expired. */
export const addCoachHours = statement<
  CoachRow,
  [id: number, theory: number, practice: number, teaching: number, actorId: number, now: Date]
>(
  'coach-add-hours',
  `with credited as (
     update coach_licenses l
     set theory_hours = l.theory_hours + $2,
       practice_hours = l.practice_hours + $3,
       teaching_hours = l.teaching_hours + $4
     where l.id = $1 and l.is_active and l.expires_at > $6
     returning ${columnsOf.COACH}
   ), audited as (
     insert into audit_log (actor_id, action, entity, entity_id, before, after, at)
     select $5, 'hours.credit', 'license', id,
       jsonb_build_object('theory_hours', theory_hours - $2,
         'practice_hours', practice_hours - $3, 'teaching_hours', teaching_hours - $4),
       jsonb_build_object('theory_hours', theory_hours,
         'practice_hours', practice_hours, 'teaching_hours', teaching_hours),
       $6
     from credited
   )
   select * from credited`,
)

/** Changes the level by one step; for the holder of the licence's lock. */
export const setCoachLevel = statement<CoachRow, [id: number, level: number, now: Date]>(
  'coach-set-level',
  `update coach_licenses l set current_level = $2, last_advanced_at = $3 where l.id = $1
   returning ${columnsOf.COACH}`,
)

/** What an examination looks at beside the licence itself: age, and the coach's progress. */
export interface CoachBackground {
  readonly date_of_birth: string | null
  readonly total_xp: number
  readonly sessions: number
}

/** SQL of a {@link CoachBackground}, and of where it comes from. */
export const background = {
  columns: `u.date_of_birth, coalesce(p.total_xp, 0) as total_xp,
    coalesce(p.completed_sessions, 0) as sessions`,
  from: `coach_licenses l join users u on u.id = l.user_id
    left join specialization_progress p
      on p.student_id = u.id and p.specialization_id = 'COACH'`,
} as const

export const readCoachBackground = statement<CoachBackground, [id: number]>(
  'coach-background',
  `select ${background.columns} from ${background.from} where l.id = $1`,
)

export const renewCoach = statement<CoachRow, [id: number, expiresAt: Date]>(
  'coach-renew',
  `update coach_licenses l set expires_at = $2, is_active = true, is_expired = false
   where l.id = $1 returning ${columnsOf.COACH}`,
)

/** Deactivates what has expired; the audit log says that the system did it. */
export const expireCoaches = statement<{ id: number }, [now: Date]>(
  'coach-expire',
  `with expired as (
     update coach_licenses set is_active = false, is_expired = true
     where is_active and expires_at <= $1 returning id, expires_at
   )
   insert into audit_log (action, entity, entity_id, before, after, at)
   select 'license.expire', 'license', id, jsonb_build_object('is_active', true),
     jsonb_build_object('is_active', false, 'expires_at', expires_at), $1
   from expired returning entity_id as id`,
)
