import { defect, source } from 'etalon'

export default defect('documents of one type are listed with all others', {
  refutes: ['JEEX-API-08'],
  plant: source('src/store/document.ts', {
    find: "'document_type = ?': filter.document_type,",
    replace: '',
  }),
})
