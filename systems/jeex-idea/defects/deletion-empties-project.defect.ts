import { defect, source } from 'etalon'

export default defect('deleting a project empties its data', {
  refutes: ['JEEX-API-05'],
  plant: source('src/store/project.ts', {
    find: 'update projects set deleted_at = $2, row',
    replace: "update projects set deleted_at = $2, meta_data = '{}', row",
  }),
})
