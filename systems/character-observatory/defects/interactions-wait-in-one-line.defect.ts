import { defect, source } from 'etalon'

export default defect('one interaction waits for the other, whoever takes part', {
  refutes: ['CHAR-INT-10', 'CHAR-PERF-09'],
  plant: source('src/store/interaction-write.ts', {
    find: 'with asked as (select $1::jsonb as change)',
    replace: `with asked as (
       select $1::jsonb as change from pg_advisory_xact_lock(10), pg_sleep(0.4)
     )`,
  }),
})
