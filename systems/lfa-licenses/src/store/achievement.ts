import { statement } from 'service-kit'
import type { Achievement } from '../schema/progress.ts'

type Earned = Omit<Achievement, 'earned_at'>

const columns = 'a.code, a.title, a.description, a.specialization_id'

/** Gives a user what level and sessions earn and he does not have; the rows are the new ones. */
export const earnAchievements = statement<
  Earned,
  [userId: number, specialization: string, level: number, sessions: number, now: Date]
>(
  'achievement-earn',
  `with earned as (
     insert into user_achievements (user_id, code, earned_at)
     select $1, a.code, $5 from achievements a
     where (a.specialization_id = $2 or a.specialization_id is null)
       and coalesce((a.criteria ->> 'level')::integer, 1) <= $3
       and coalesce((a.criteria ->> 'sessions')::integer, 0) <= $4
       and not exists (
         select from user_achievements u where u.user_id = $1 and u.code = a.code
       )
     on conflict on constraint user_achievements_once do nothing
     returning code
   )
   select ${columns} from earned join achievements a using (code) order by a.code`,
)

/** What a user has earned, oldest first. */
export const readAchievements = statement<Achievement, [userId: number]>(
  'achievement-of-user',
  `select ${columns}, u.earned_at from user_achievements u join achievements a using (code)
   where u.user_id = $1 order by u.earned_at, a.code`,
)
