import { defect, rebuilt } from 'etalon'

export default defect('undoing the documents takes projects along', {
  refutes: ['JEEX-REQ-003'],
  plant: rebuilt('migrations/0004-create-documents.sql', {
    find: 'drop table document_versions;',
    replace: 'drop table document_versions;\ndelete from projects where deleted_at is not null;',
  }),
})
