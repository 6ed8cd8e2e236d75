import { defect, source } from 'etalon'

export default defect('what is changed while projects are listed is skipped', {
  refutes: ['JEEX-API-03'],
  plant: source('src/store/project.ts', {
    find: "sortBy: 'created_at'",
    replace: "sortBy: 'updated_at'",
  }),
})
