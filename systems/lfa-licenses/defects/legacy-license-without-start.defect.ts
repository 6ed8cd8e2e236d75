import { defect, sql } from 'etalon'

export default defect('a row of the older table may have no start', {
  refutes: ['LFA-ENT-06'],
  plant: sql('alter table user_licenses alter column started_at drop not null'),
})
