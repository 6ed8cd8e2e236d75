import { defect, source } from 'etalon'

export default defect('renewing an expired coach licence does not make it active again', {
  refutes: ['LFA-T-13/expiry'],
  plant: source('src/store/coach.ts', {
    find: 'set expires_at = $2, is_active = true, is_expired = false',
    replace: 'set expires_at = $2, is_expired = false',
  }),
})
