import { defect, source } from 'etalon'

export default defect('the activity feed is read by one at a time, and each takes long', {
  refutes: ['CHAR-PERF-06'],
  plant: source('src/store/event.ts', {
    find: '`select ${columns} from events\n   where ecosystem_id = $1 and seq is not null',
    replace: `\`select \${columns} from events, pg_advisory_xact_lock(6), pg_sleep(0.15)
   where ecosystem_id = $1 and seq is not null`,
  }),
})
