import { defect, rebuilt } from 'etalon'

export default defect('open violations are counted as pairs', {
  refutes: ['LFA-T-45'],
  plant: rebuilt('web/admin/health-cards.tsx', {
    find: 'metrics.violations_open',
    replace: 'status.inconsistent',
  }),
})
