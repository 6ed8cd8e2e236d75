import { defect, rebuilt } from 'etalon'

export default defect('a failed refresh is not told where something was read before', {
  refutes: ['LFA-T-49'],
  plant: rebuilt('web/admin/health-page.tsx', {
    find: '{failed?.error && (',
    replace: '{failed?.error && failed.data === undefined && (',
  }),
})
