import { defect, source } from 'etalon'

export default defect('a semester that was completed early does not count as ended', {
  refutes: ['LFA-R-14/specializations'],
  plant: source('src/graduation.ts', {
    find: `return status === 'COMPLETED' || end_date < now`,
    replace: 'return end_date < now',
  }),
})
