import { defect, sql } from 'etalon'

export default defect('a score below zero is kept', {
  refutes: ['JEEX-DB-03'],
  plant: sql(
    'alter table document_versions drop constraint document_versions_readability',
    `alter table document_versions add constraint document_versions_readability
       check (readability_score <= 100)`,
  ),
})
