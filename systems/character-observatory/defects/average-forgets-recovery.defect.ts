import { defect } from 'etalon'
import { changedSummary } from './changed-summary.ts'

export default defect('the average energy is that of the last interactions, not of now', {
  refutes: ['CHAR-DB-13'],
  plant: changedSummary('ecosystem_activity_summary', 'ecosystem_id', {
    find: 'recovery.hours',
    replace: '0',
  }),
})
