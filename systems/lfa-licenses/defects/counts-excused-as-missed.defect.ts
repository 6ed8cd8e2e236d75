import { defect, source } from 'etalon'

export default defect('an excused session stays in the denominator of the attendance', {
  refutes: ['LFA-R-14'],
  plant: source('src/graduation.ts', {
    find: 'const counted = record.sessions - record.excused',
    replace: 'const counted = record.sessions',
  }),
})
