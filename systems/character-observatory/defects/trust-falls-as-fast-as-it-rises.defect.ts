import { defect, source } from 'etalon'

export default defect('trust falls only as fast as it rises', {
  refutes: ['CHAR-REL-03'],
  plant: source('src/rule/relationship.ts', {
    find: 'return change * 1.5',
    replace: 'return change',
  }),
})
