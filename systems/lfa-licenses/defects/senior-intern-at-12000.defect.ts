import { defect, sql } from 'etalon'

export default defect('level 6 of an internship takes 12,000 XP', {
  refutes: ['LFA-T-13'],
  plant: sql(
    `update spec_levels set required_xp = 12000 where ladder_id = 'INTERNSHIP' and level = 6`,
  ),
})
