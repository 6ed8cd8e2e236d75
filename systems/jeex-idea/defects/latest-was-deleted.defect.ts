import { defect, source } from 'etalon'

export default defect('a deleted version is still the latest', {
  refutes: ['JEEX-API-11'],
  plant: source('src/store/document.ts', {
    find: `document_type = $3 and deleted_at is null
   order by version desc limit 1\``,
    replace: `document_type = $3
   order by version desc limit 1\``,
  }),
})
