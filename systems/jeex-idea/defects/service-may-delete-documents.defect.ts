import { defect, sql } from 'etalon'

export default defect('the service may delete documents for good', {
  refutes: ['JEEX-REQ-001'],
  plant: sql('grant delete on document_versions to jeex_app'),
})
