import { defect, source } from 'etalon'

export default defect('a universe is asked for by one reader at a time, and each takes long', {
  refutes: ['TICK-CHK-29'],
  plant: source('src/consumer/store/universe.ts', {
    find: 'as last_change\n   from cache_entries where',
    replace:
      'as last_change\n   from cache_entries, pg_advisory_xact_lock(29), pg_sleep(0.12) where',
  }),
})
