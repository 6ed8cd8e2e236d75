import { defect, source } from 'etalon'

export default defect('a semester that was completed early does not count as ended', {
  refutes: ['LFA-R-14/specializations'],
  plant: source('src/operation/graduation.ts', {
    find: `semesterEnded: semester?.status === 'COMPLETED' || (semester?.end_date ?? today) < today,`,
    replace: 'semesterEnded: (semester?.end_date ?? today) < today,',
  }),
})
