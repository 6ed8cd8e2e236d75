import { defect, sql } from 'etalon'

export default defect('an index has the name that a tool gave it', {
  refutes: ['LFA-LIC-05'],
  plant: sql('alter index idx_coach_licenses_user_id rename to coach_licenses_user_id_idx'),
})
