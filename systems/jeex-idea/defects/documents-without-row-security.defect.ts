import { defect, sql } from 'etalon'

export default defect('a table is left without row security', {
  refutes: ['JEEX-SEC-001'],
  plant: sql('alter table document_versions disable row level security'),
})
