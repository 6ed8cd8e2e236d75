import { defect, source } from 'etalon'

export default defect('what is cancelled while it waits is said to have run so long', {
  refutes: ['JEEX-R-12'],
  plant: source('src/execution.ts', {
    find: "status === 'running' ? Math.max",
    replace: "status !== 'completed' ? Math.max",
  }),
})
