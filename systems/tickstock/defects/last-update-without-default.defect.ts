import { defect, sql } from 'etalon'

export default defect('entries written as before have no time of their last update', {
  refutes: ['TICK-DB-01'],
  plant: sql('alter table cache_entries alter column last_universe_update drop default'),
})
