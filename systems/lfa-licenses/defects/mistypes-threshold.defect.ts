import { defect, sql } from 'etalon'

export default defect('the XP of level 4 is mistyped in the ladder of the internship', {
  refutes: ['LFA-LVL-06'],
  plant: sql(
    `update spec_levels set required_xp = 5400 where ladder_id = 'INTERNSHIP' and level = 4`,
  ),
})
