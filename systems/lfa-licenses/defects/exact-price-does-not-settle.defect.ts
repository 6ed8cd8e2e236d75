import { defect, source } from 'etalon'

export default defect('an enrolment that is paid to the last credit does not count as paid', {
  refutes: ['LFA-T-11'],
  plant: source('src/operation/credit.ts', {
    find: 'if (spend.amount === left) {',
    replace: 'if (spend.amount > left) {',
  }),
})
