import { defect, source } from 'etalon'

export default defect('a document is compared with the ETag without being locked', {
  refutes: ['JEEX-R-04'],
  plant: source('src/store/document.ts', {
    find: `deleted_at is null
   for no key update\``,
    replace: 'deleted_at is null`',
  }),
})
