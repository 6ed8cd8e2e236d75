import { defect, source } from 'etalon'

export default defect('the calendar knows weekends and no holidays', {
  refutes: ['TICK-SCN-02'],
  plant: source('src/calendar/trading-day.ts', {
    find: 'weekday !== 6 && closureOf(day) === undefined',
    replace: 'weekday !== 6 && (closureOf(day) ?? true) !== null',
  }),
})
