import { defect, rebuilt } from 'etalon'

export default defect('the dashboard is read once and never refreshed', {
  refutes: ['LFA-T-48'],
  plant: rebuilt('web/admin/health-page.tsx', {
    find: 'refetchInterval: refreshMs, ',
    replace: '',
  }),
})
