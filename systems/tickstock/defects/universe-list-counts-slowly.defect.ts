import { defect, source } from 'etalon'

export default defect('the list of universes sleeps in the database as if it read every bar', {
  refutes: ['TICK-PERF-06', 'TICK-PERF-07', 'TICK-PERF-15/query'],
  plant: source('src/consumer/store/universe.ts', {
    find: `\`select \${columns} from cache_entries where $1::text is null or universe_category = $1`,
    replace: `\`select \${columns} from cache_entries, pg_sleep(0.6)
   where $1::text is null or universe_category = $1`,
  }),
})
