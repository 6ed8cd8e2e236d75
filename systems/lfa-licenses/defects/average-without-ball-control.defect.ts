import { defect, sql } from 'etalon'

export default defect('the overall average leaves ball control out', {
  refutes: ['LFA-R-13'],
  plant: sql(
    `alter table lfa_player_licenses alter column overall_avg set expression as (
       round((heading_avg + shooting_avg + crossing_avg + passing_avg + dribbling_avg) / 5, 2)
     )`,
  ),
})
