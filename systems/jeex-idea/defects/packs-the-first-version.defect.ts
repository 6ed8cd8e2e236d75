import { defect, source } from 'etalon'

export default defect('a package holds the first version of each document', {
  refutes: ['JEEX-T-08'],
  plant: source('src/store/document.ts', {
    find: 'order by document_type, version desc`',
    replace: 'order by document_type, version`',
  }),
})
