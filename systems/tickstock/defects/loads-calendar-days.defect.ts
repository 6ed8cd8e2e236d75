import { defect, source } from 'etalon'

// As in the system that the report is about: 252 "trading days" gave 180 bars.
export default defect('the loader counts calendar days as trading days', {
  refutes: ['TICK-ETF-06'],
  plant: source('src/calendar/last-trading-day.ts', {
    find: 'if (isTradingDay(day)) days.push(day)',
    replace: 'days.push(day)',
  }),
})
