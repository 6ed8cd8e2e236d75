import { defect, sql } from 'etalon'

export default defect('attendance stays behind when its enrolment is deleted', {
  refutes: ['LFA-T-09'],
  plant: sql(
    ...['lfa_player', 'gancuju', 'internship', 'coach'].map(
      (prefix) =>
        `alter table ${prefix}_attendance drop constraint ${prefix}_attendance_enrollment_id_fkey`,
    ),
  ),
})
