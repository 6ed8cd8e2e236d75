import { defect, source } from 'etalon'

export default defect('events are sent as they are committed, not in order', {
  refutes: ['JEEX-API-23/events'],
  plant: source('src/store/event.ts', {
    find: `
         and changed_xid < pg_snapshot_xmin(pg_current_snapshot())`,
    replace: '',
  }),
})
