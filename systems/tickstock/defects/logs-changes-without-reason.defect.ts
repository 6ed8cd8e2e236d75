import { defect, sql } from 'etalon'

export default defect('a change may be logged without a reason', {
  refutes: ['TICK-DB-11'],
  plant: sql('alter table sync_changes_log drop constraint sync_changes_log_reason_check'),
})
