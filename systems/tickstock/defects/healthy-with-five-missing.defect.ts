import { defect, source } from 'etalon'

export default defect('a universe is healthy with five members missing', {
  refutes: ['TICK-ETF-09', 'TICK-CLI-01'],
  plant: source('src/producer/universe/validation.ts', {
    find: 'healthy: members - found < missingMax',
    replace: 'healthy: members - found <= missingMax',
  }),
})
