import { defect, sql } from 'etalon'

export default defect('the index on user_id is dropped, since the unique one would serve', {
  refutes: ['LFA-T-19'],
  plant: sql('drop index idx_gancuju_licenses_user_id'),
})
