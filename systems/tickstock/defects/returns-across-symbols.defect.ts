import { defect, source } from 'etalon'

// The system that the report is about kept one row of each symbol before it looked one row back.
export default defect('the day before is that of whichever symbol stands there', {
  refutes: ['TICK-ETF-08'],
  plant: source('src/producer/store/correlation.ts', {
    find: '(partition by symbol order by place)',
    replace: '(order by place, symbol)',
  }),
})
