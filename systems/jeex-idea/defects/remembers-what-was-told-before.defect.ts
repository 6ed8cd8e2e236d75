import { defect, source } from 'etalon'

export default defect('an answer that has changed is not remembered anew for a while', {
  refutes: ['JEEX-R-08'],
  plant: source('src/read-memory.ts', {
    find: 'if (digest === last?.what.digest) return',
    replace: 'if (last !== undefined) return',
  }),
})
