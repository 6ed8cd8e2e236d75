import { defect, source } from 'etalon'

export default defect('instructors see the health of everybody and start checks', {
  refutes: ['LFA-API-05'],
  plant: source('src/routes/health.ts', {
    find: 'const config = access.admin',
    replace: 'const config = access.staff',
  }),
})
