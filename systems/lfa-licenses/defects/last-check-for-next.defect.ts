import { defect, rebuilt } from 'etalon'

export default defect('the time of the last check is told as that of the next', {
  refutes: ['LFA-T-51'],
  plant: rebuilt('web/admin/health-cards.tsx', {
    find: 'moment(status.next_check_at)',
    replace: 'moment(status.last_checked_at)',
  }),
})
