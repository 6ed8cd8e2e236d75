import { defect, source } from 'etalon'

export default defect('31 January and a month is in March', {
  refutes: ['LFA-D-10'],
  plant: source('src/validity.ts', {
    find: 'result.setUTCDate(Math.min(dayOfMonth, daysInMonth))',
    replace: 'result.setUTCDate(dayOfMonth)',
  }),
})
