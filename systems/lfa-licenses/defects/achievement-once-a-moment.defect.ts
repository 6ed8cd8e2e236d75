import { defect, sql } from 'etalon'

export default defect('an achievement is had once at each moment and not once', {
  refutes: ['LFA-ENT-09'],
  plant: sql(
    `alter table user_achievements drop constraint user_achievements_once`,
    `alter table user_achievements
     add constraint user_achievements_once primary key (user_id, code, earned_at)`,
  ),
})
