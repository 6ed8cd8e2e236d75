import { defect, source } from 'etalon'

export default defect('instructors may make and change accounts', {
  refutes: ['LFA-T-61/escalation'],
  plant: source('src/routes/user.ts', {
    find: 'const config = access.admin',
    replace: 'const config = access.staff',
  }),
})
