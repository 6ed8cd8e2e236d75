import { defect, source } from 'etalon'

export default defect('attendance is marked without a look at the payment', {
  refutes: ['LFA-R-06'],
  plant: source('src/operation/attendance.ts', {
    find: `if (!enrollment.payment_verified) throw fail('LFA_PAYMENT_UNVERIFIED')`,
    replace: '',
  }),
})
