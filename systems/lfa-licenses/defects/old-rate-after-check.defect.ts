import { defect, source } from 'etalon'

export default defect('the rate from before a check is told for another 30 seconds', {
  refutes: ['LFA-T-52'],
  plant: source('src/operation/health-check.ts', {
    find: 'await monitor.cache.drop()',
    replace: '',
  }),
})
