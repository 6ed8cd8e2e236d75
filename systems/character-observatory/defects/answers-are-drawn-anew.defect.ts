import { defect, source } from 'etalon'

export default defect('an answer depends on chance, not on the seed', {
  refutes: ['CHAR-INT-04'],
  plant: source('src/response/template.ts', {
    find: 'JSON.stringify([seed, type, content,',
    replace: 'JSON.stringify([Math.random(), type, content,',
  }),
})
