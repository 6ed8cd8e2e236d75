import { defect, source } from 'etalon'

export default defect('the universe of a theme is kept under the bare name of the theme', {
  refutes: ['TICK-ETF-01'],
  plant: source('src/producer/store/universe.ts', {
    find: "'etf_' || name, accepted",
    replace: 'name, accepted',
  }),
})
