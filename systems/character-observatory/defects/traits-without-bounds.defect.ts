import { defect, source } from 'etalon'

export default defect('a trait may be anything below 2', {
  refutes: ['CHAR-T-04'],
  plant: source('src/schema/common.ts', {
    find: 'z.number().min(0).max(1)',
    replace: 'z.number().min(0).max(2)',
  }),
})
