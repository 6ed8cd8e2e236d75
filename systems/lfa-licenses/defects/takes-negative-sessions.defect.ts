import { defect, sql } from 'etalon'

export default defect('the table takes fewer sessions than none', {
  refutes: ['LFA-ENT-08'],
  plant: sql(
    `alter table specialization_progress
     drop constraint specialization_progress_sessions_not_negative`,
  ),
})
