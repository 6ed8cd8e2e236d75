import { defect, source } from 'etalon'

export default defect('what was bought two years ago is taken out although it was spent', {
  refutes: ['LFA-CRD-06'],
  plant: source('src/credit.ts', {
    find: 'return Math.max(0, expiredPurchases - (taken - refunded))',
    replace: 'return expiredPurchases',
  }),
})
