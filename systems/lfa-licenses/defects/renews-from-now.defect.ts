import { defect, source } from 'etalon'

export default defect('a renewal counts from now and loses what was left', {
  refutes: ['LFA-EXP-03', 'LFA-EXP-04'],
  plant: source('src/validity.ts', {
    find: 'return addMonths(expiresAt > now ? expiresAt : now, months)',
    replace: 'return addMonths(now, months)',
  }),
})
