import { defect, source } from 'etalon'

export default defect('an instructor keeps the licences of those who have graduated', {
  refutes: ['LFA-R-16/former-student'],
  plant: source('src/store/license.ts', {
    find: "specialization === 'COACH' ? 'scope_e.is_active' : `scope_e.status = 'ENROLLED'`",
    replace: "'scope_e.is_active'",
  }),
})
