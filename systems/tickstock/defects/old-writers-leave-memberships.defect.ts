import { defect, sql } from 'etalon'

export default defect('a list that is written as before leaves the memberships as they were', {
  refutes: ['TICK-T-34', 'TICK-T-37'],
  plant: sql('drop trigger cache_entries_followed on cache_entries'),
})
