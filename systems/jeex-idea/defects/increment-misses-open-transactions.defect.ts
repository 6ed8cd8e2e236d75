import { defect, source } from 'etalon'

export default defect('an incremental backup misses what was under way while its base was taken', {
  refutes: ['JEEX-REQ-007'],
  plant: source('src/backup/dump.ts', {
    find: 'pg_snapshot_xmin(pg_current_snapshot())::text',
    replace: 'pg_snapshot_xmax(pg_current_snapshot())::text',
  }),
})
