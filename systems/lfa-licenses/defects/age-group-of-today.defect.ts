import { defect, source } from 'etalon'

export default defect('the age of today decides the age group, not that of the season', {
  refutes: ['LFA-R-15'],
  plant: source('src/age-group.ts', {
    find: 'return `${year}-07-01`',
    replace: 'return now.toISOString().slice(0, 10)',
  }),
})
