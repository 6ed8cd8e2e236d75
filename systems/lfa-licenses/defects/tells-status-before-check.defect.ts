import { defect, source } from 'etalon'

export default defect(
  'a check leaves the remembered status, so that for half a minute the old one is told',
  {
    refutes: ['LFA-HLT-08'],
    plant: source('src/operation/health-check.ts', {
      find: 'await monitor.cache.drop()',
      replace: '',
    }),
  },
)
