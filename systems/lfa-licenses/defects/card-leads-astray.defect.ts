import { defect, rebuilt } from 'etalon'

export default defect('the card of the overview leads to the old path of the health dashboard', {
  refutes: ['LFA-T-41'],
  plant: rebuilt('web/admin/dashboard-page.tsx', {
    find: 'path="/admin/health"',
    replace: 'path="/health"',
  }),
})
