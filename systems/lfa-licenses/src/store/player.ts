import { statement } from 'service-kit'
import type { PlayerRow } from '../schema/license.ts'
import { columnsOf } from './license.ts'

export const insertPlayer = statement<PlayerRow, [userId: number, ageGroup: string, now: Date]>(
  'lfa_player-insert',
  `insert into lfa_player_licenses as l (user_id, age_group, created_at, updated_at)
   values ($1, $2, $3, $3) returning ${columnsOf.LFA_PLAYER}`,
)

type Skill = number | null

/**
 * Sets the skills that are given and keeps the others; the assessment and its audit entry are
 * written by the same statement. The last values are the actor and the moment. The licence is held
 * first, because `returning old` misses a concurrent change where a table has triggers.
 */
export const assessSkills = statement<
  PlayerRow,
  [
    id: number,
    heading: Skill,
    shooting: Skill,
    crossing: Skill,
    passing: Skill,
    dribbling: Skill,
    ballControl: Skill,
    actorId: number,
    now: Date,
  ]
>(
  'lfa_player-assess',
  `with held as (
     select id, overall_avg from lfa_player_licenses where id = $1 for no key update
   ), assessed as (
     update lfa_player_licenses l
     set heading_avg = coalesce($2, l.heading_avg),
       shooting_avg = coalesce($3, l.shooting_avg),
       crossing_avg = coalesce($4, l.crossing_avg),
       passing_avg = coalesce($5, l.passing_avg),
       dribbling_avg = coalesce($6, l.dribbling_avg),
       ball_control_avg = coalesce($7, l.ball_control_avg)
     from held
     where l.id = held.id and l.is_active
     returning ${columnsOf.LFA_PLAYER}, held.overall_avg as overall_before
   ), kept as (
     insert into skill_assessments
       (license_id, heading_avg, shooting_avg, crossing_avg, passing_avg, dribbling_avg,
        ball_control_avg, overall_avg, assessed_by, assessed_at)
     select id, heading_avg, shooting_avg, crossing_avg, passing_avg, dribbling_avg,
       ball_control_avg, overall_avg, $8, $9 from assessed
   ), audited as (
     insert into audit_log (actor_id, action, entity, entity_id, before, after, at)
     select $8, 'skills.assess', 'license', id,
       jsonb_build_object('overall_avg', overall_before),
       jsonb_build_object('overall_avg', overall_avg), $9
     from assessed
   )
   select * from assessed`,
)

/** Moves players on who, at the start of the season, were too old for PRE or YOUTH. */
export const moveAgeGroups = statement<
  { id: number; user_id: number; age_group: string },
  [seasonStart: string, preMax: number, youthMax: number]
>(
  'lfa_player-move-age-groups',
  `with aged as (
     select l.id, extract(year from age($1::date, u.date_of_birth))::integer as years
     from lfa_player_licenses l join users u on u.id = l.user_id
     where l.is_active and l.age_group in ('PRE', 'YOUTH') and u.date_of_birth is not null
   )
   update lfa_player_licenses l
   set age_group = case when a.years > $3 then 'AMATEUR' else 'YOUTH' end
   from aged a
   where a.id = l.id and a.years > case l.age_group when 'PRE' then $2::integer else $3 end
   returning l.id, l.user_id, l.age_group`,
)
