import { defect, source } from 'etalon'

export default defect('a renewed coach stays marked as expired', {
  refutes: ['LFA-EXP-04'],
  plant: source('src/store/coach.ts', {
    find: 'set expires_at = $2, is_active = true, is_expired = false',
    replace: 'set expires_at = $2, is_active = true',
  }),
})
