import { defect, source } from 'etalon'

export default defect('an expired licence is still called expiring soon', {
  refutes: ['LFA-EXP-06'],
  plant: source('src/validity.ts', {
    find: `if (expiresAt <= now) return 'expired'`,
    replace: '',
  }),
})
