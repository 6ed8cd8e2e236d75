import { defect, source } from 'etalon'

export default defect(
  'the check adds payments that wait to be verified to what a balance has to be',
  {
    refutes: ['LFA-CPL-12'],
    plant: source('src/store/inconsistency.ts', {
      find: "where payment_verified ${ofOne ? `and license_id in ${ofUser}` : ''} group by",
      replace: "${ofOne ? `where license_id in ${ofUser}` : ''} group by",
    }),
  },
)
