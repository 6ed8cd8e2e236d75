import { defect, rebuilt } from 'etalon'

export default defect('the button does not say that it checks', {
  refutes: ['LFA-T-46'],
  plant: rebuilt('web/admin/health-page.tsx', {
    find: "'Checking...'",
    replace: "'Run Check Now'",
  }),
})
