import { defect, source } from 'etalon'

export default defect('what begins to run while executions are listed is skipped', {
  refutes: ['JEEX-R-13'],
  plant: source('src/store/execution.ts', {
    find: "sortBy: 'created_at'",
    replace: "sortBy: 'started_at'",
  }),
})
