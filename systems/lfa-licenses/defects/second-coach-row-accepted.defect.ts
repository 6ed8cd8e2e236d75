import { defect, sql } from 'etalon'

export default defect('nothing but the service keeps a user from a second coach licence', {
  refutes: ['LFA-R-02'],
  plant: sql('drop index coach_licenses_one_active'),
})
