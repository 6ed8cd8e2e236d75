import { defect, rebuilt } from 'etalon'

export default defect('the gauge shows a whole percentage', {
  refutes: ['LFA-T-44'],
  plant: rebuilt('web/admin/health-cards.tsx', {
    find: 'percent={status.consistency_rate}',
    replace: 'percent={status.consistency_rate && Math.round(status.consistency_rate)}',
  }),
})
