import { defect, rebuilt } from 'etalon'

export default defect('a migration commits before it has done everything', {
  refutes: ['JEEX-REQ-003/failing'],
  plant: rebuilt('migrations/0007-create-backups.sql', {
    find: 'create index backups_started_at_idx',
    replace: 'commit;\nbegin;\ncreate index backups_started_at_idx',
  }),
})
