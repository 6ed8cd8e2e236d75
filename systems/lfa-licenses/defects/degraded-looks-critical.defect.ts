import { defect, rebuilt } from 'etalon'

export default defect('degraded has the colour of critical', {
  refutes: ['LFA-T-43'],
  plant: rebuilt('web/admin/status-badge.tsx', {
    find: "degraded: 'warn'",
    replace: "degraded: 'bad'",
  }),
})
