import { defect, sql } from 'etalon'

export default defect('the index of updates is over another time', {
  refutes: ['TICK-DB-02'],
  plant: sql(
    'drop index idx_cache_entries_updated',
    'create index idx_cache_entries_updated on cache_entries (updated_at desc)',
  ),
})
