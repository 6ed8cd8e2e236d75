import { defect, rebuilt } from 'etalon'

export default defect('the dashboard leaves out the system information', {
  refutes: ['LFA-T-42'],
  plant: rebuilt('web/admin/health-page.tsx', {
    find: '<SystemCard status={status.data} metrics={metrics.data} />',
    replace: '',
  }),
})
