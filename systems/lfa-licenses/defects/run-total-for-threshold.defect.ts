import { defect, sql } from 'etalon'

export default defect("the total of the report's run is taken for what level 8 takes", {
  refutes: ['LFA-D-04'],
  plant: sql(
    `update spec_levels set required_xp = 325000
     where ladder_id = 'PLAYER_PROGRESS' and level = 8`,
  ),
})
