import { defect, source } from 'etalon'

export default defect('an answer is the same to a friend and to an enemy', {
  refutes: ['CHAR-INT-04'],
  plant: source('src/response/template.ts', {
    find: 'const disposition = warmth[relationship.type] + ',
    replace: 'const disposition = 0 * warmth[relationship.type] + ',
  }),
})
