import { defect, source } from 'etalon'

export default defect(
  'who misses a session, or waits until it has begun, withdraws with a refund',
  {
    refutes: ['LFA-ENR-01/withdrawal'],
    plant: source('src/operation/enrollment.ts', {
      find: "  if (begun !== undefined) throw fail('LFA_ENROLLMENT_ATTENDED')\n",
      replace: '',
    }),
  },
)
