import { defect, source } from 'etalon'

export default defect('who has met often grows no more familiar', {
  refutes: ['CHAR-T-03'],
  plant: source('src/rule/relationship.ts', {
    find: 'return rate * 0.3',
    replace: 'return 0',
  }),
})
