import { defect, source } from 'etalon'

export default defect('an enrolment that is paid to the last credit does not count as paid', {
  refutes: ['LFA-T-11'],
  plant: source('src/operation/credit.ts', {
    find: '(spent?.credits ?? 0) >= price',
    replace: '(spent?.credits ?? 0) > price',
  }),
})
