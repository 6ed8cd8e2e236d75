import { defect, source } from 'etalon'

export default defect('a project is compared with the ETag without being locked', {
  refutes: ['JEEX-API-04'],
  plant: source('src/store/project.ts', {
    find: `deleted_at is null
   for no key update\``,
    replace: 'deleted_at is null`',
  }),
})
