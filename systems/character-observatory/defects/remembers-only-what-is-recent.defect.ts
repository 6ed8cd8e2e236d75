import { defect, source } from 'etalon'

export default defect('only how recent a memory is decides whether it is called up', {
  refutes: ['CHAR-DB-09/ranked'],
  plant: source('src/rule/memory.ts', {
    find: 'other.score - one.score',
    replace: 'other.recency - one.recency',
  }),
})
