import { defect, source } from 'etalon'

export default defect('what a user has deleted is still told from memory', {
  refutes: ['JEEX-R-08'],
  plant: source('src/read-memory.ts', {
    find: 'return entry.generation === generation ? entry : undefined',
    replace: 'return entry',
  }),
})
