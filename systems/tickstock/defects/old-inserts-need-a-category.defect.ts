import { defect, sql } from 'etalon'

export default defect('who writes an entry as before has to know the new columns', {
  refutes: ['TICK-T-34'],
  plant: sql('alter table cache_entries alter column universe_category set not null'),
})
