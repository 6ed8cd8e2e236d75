import { defect, sql } from 'etalon'

export default defect("a coach's second level asks for its own hours and not for the sum", {
  refutes: ['LFA-T-14'],
  plant: sql(
    `update spec_levels set theory_hours = 40, practice_hours = 60
     where ladder_id = 'COACH' and level = 2`,
  ),
})
