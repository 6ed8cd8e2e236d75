import { defect, source } from 'etalon'

export default defect('a relationship changes its name at the bound, in both directions', {
  refutes: ['CHAR-REL-07'],
  plant: source('src/rule/relationship.ts', {
    find: 'const hysteresis = 0.05',
    replace: 'const hysteresis = 0',
  }),
})
