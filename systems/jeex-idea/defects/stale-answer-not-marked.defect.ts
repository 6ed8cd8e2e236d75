import { defect, source } from 'etalon'

export default defect('an answer from memory looks like any other', {
  refutes: ['JEEX-R-08'],
  plant: source('src/operation/read.ts', {
    find: "reply.header('x-stale', 'true')",
    replace: "reply.header('x-stale', 'false')",
  }),
})
