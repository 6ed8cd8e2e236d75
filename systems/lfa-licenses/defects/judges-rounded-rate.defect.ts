import { defect, source } from 'etalon'

export default defect('the status is judged by the rounded rate', {
  refutes: ['LFA-HLT-06'],
  plant: source('src/integrity.ts', {
    find: 'if (consistent * 100 >= checked * statusThresholds.healthy)',
    replace: 'if (consistencyRate(consistent, checked) >= statusThresholds.healthy)',
  }),
})
