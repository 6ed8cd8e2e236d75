import { defect, sql } from 'etalon'

export default defect('the unified view finds coach licences without an index', {
  refutes: ['LFA-T-08'],
  plant: sql('drop index idx_coach_licenses_user_id', 'drop index coach_licenses_one_active'),
})
