import { defect, environment } from 'etalon'

export default defect('an address that asks a hundred times is turned away', {
  refutes: ['TICK-PERF-12'],
  plant: environment({ RATE_LIMIT_MAX: '100' }),
})
