import { defect, source } from 'etalon'

export default defect('every correlation that has moved at all is told', {
  refutes: ['TICK-ETF-08'],
  plant: source('src/producer/universe/correlation.ts', {
    find: 'const threshold = 0.1',
    replace: 'const threshold = 0',
  }),
})
