import { defect, source } from 'etalon'

export default defect('an execution is read through any project of its owner', {
  refutes: ['JEEX-API-13'],
  plant: source('src/store/execution.ts', {
    find: 'where project_id = $1 and owner_id = $2 and id = $3`',
    replace: 'where $1::uuid is not null and owner_id = $2 and id = $3`',
  }),
})
