import { defect, source } from 'etalon'

export default defect('an execution completes without having run', {
  refutes: ['JEEX-R-07'],
  plant: source('src/execution.ts', {
    find: "pending: ['running', 'cancelled'],",
    replace: "pending: ['running', 'completed', 'cancelled'],",
  }),
})
