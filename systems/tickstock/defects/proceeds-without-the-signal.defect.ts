import { defect, source } from 'etalon'

export default defect('a day that nobody ended is synchronized when the wait is over', {
  refutes: ['TICK-SYN-01'],
  plant: source('src/producer/sync/synchronizer.ts', {
    find: 'const id = await giveUpDay(options, day, text)',
    replace: 'const id = await openDayRun(options, day)',
  }),
})
