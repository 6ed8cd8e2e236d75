import { defect, environment } from 'etalon'

export default defect('the circuit breaker opens after 1,000 failures', {
  refutes: ['JEEX-R-09'],
  plant: environment({ BREAKER_FAILURES_MAX: '1000' }),
})
