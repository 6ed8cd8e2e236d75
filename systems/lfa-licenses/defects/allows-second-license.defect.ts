import { defect, sql } from 'etalon'

export default defect('the index of active coach licences is not unique', {
  refutes: ['LFA-T-20'],
  plant: sql(
    'drop index coach_licenses_one_active',
    'create index coach_licenses_one_active on coach_licenses (user_id) where is_active',
  ),
})
