import { defect, sql } from 'etalon'

export default defect("level 5 of the players is given the XP of the coaches' level 5", {
  refutes: ['LFA-LVL-02'],
  plant: sql(
    `update spec_levels set required_xp = 130000
     where ladder_id = 'PLAYER_PROGRESS' and level = 5`,
  ),
})
