import { defect, source } from 'etalon'

export default defect('instructors may repair', {
  refutes: ['LFA-API-07'],
  plant: source('src/routes/sync.ts', {
    find: 'const config = access.admin',
    replace: 'const config = access.staff',
  }),
})
