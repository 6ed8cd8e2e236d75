import { defect, sql } from 'etalon'

export default defect('level 5 of the belts asks for no teaching hours', {
  refutes: ['LFA-T-12'],
  plant: sql(`update spec_levels set teaching_hours = 0 where ladder_id = 'GANCUJU' and level = 5`),
})
