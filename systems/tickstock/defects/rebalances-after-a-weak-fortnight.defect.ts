import { defect, source } from 'etalon'

export default defect('ten weak days are enough to leave a theme', {
  refutes: ['TICK-SYN-07'],
  plant: source('src/producer/sync/justification.ts', {
    find: 'export const failedDaysMin = 20',
    replace: 'export const failedDaysMin = 10',
  }),
})
