import { defect, environment } from 'etalon'

export default defect('the limit of rates is that of a quiet day', {
  refutes: ['LFA-PERF-06'],
  plant: environment({ RATE_LIMIT_MAX: '60' }),
})
