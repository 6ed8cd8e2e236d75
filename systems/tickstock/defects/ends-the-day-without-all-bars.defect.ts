import { defect, source } from 'etalon'

export default defect('a trading day is ended although bars of it are missing', {
  refutes: ['TICK-ETF-06/day'],
  plant: source('src/producer/loader/end-of-day.ts', {
    find: 'if (loaded.incomplete.length === 0) {',
    replace: 'if (loaded.bars > 0) {',
  }),
})
