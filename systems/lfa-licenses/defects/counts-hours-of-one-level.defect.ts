import { defect, sql } from 'etalon'

export default defect('a coach level takes its own hours, without those of the levels below', {
  refutes: ['LFA-LVL-11'],
  plant: sql(
    `update spec_levels set theory_hours = 40, practice_hours = 60 where ladder_id = 'COACH' and level = 2`,
  ),
})
