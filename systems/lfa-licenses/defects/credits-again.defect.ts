import { defect, source } from 'etalon'

export default defect('verifying a purchase once more raises the balance once more', {
  refutes: ['LFA-CRD-04'],
  plant: source('src/store/credit.ts', {
    find: 'where t.id = $1 and not t.payment_verified returning ${columns}',
    replace: 'where t.id = $1 returning ${columns}',
  }),
})
