import { defect, source } from 'etalon'

export default defect('ten weak days are enough to leave a theme', {
  refutes: ['TICK-SYN-07'],
  plant: source('src/producer/sync/justification.ts', {
    find: 'const failedDaysMin = 20',
    replace: 'const failedDaysMin = 10',
  }),
})
