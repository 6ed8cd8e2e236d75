import { defect, source } from 'etalon'

export default defect('an instructor keeps the licences of a semester that is over', {
  refutes: ['LFA-R-16/former-student'],
  plant: source('src/store/license.ts', {
    find: "\n      and ${isUnderWay('scope_m', now)})`",
    replace: ')`',
  }),
})
