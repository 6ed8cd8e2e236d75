import { defect, source } from 'etalon'

export default defect('a document is read through any project of its owner', {
  refutes: ['JEEX-API-07'],
  plant: source('src/store/document.ts', {
    find: 'where project_id = $1 and owner_id = $2 and id = $3 and deleted_at is null`',
    replace: 'where $1::uuid is not null and owner_id = $2 and id = $3 and deleted_at is null`',
  }),
})
