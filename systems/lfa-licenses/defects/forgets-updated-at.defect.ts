import { defect, sql } from 'etalon'

export default defect('the table of coach licences has no trigger for updated_at', {
  refutes: ['LFA-T-22'],
  plant: sql('drop trigger coach_licenses_30_updated_at on coach_licenses'),
})
