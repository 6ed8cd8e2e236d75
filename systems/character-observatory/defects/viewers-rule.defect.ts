import { defect, source } from 'etalon'

export default defect('who may only look may change characters too', {
  refutes: ['CHAR-T-05'],
  plant: source('src/operation/membership.ts', {
    find: "change: ['owner', 'editor'],",
    replace: "change: ['owner', 'editor', 'viewer'],",
  }),
})
