import { defect, source } from 'etalon'

export default defect('the last full backup is looked for among the last ones only', {
  refutes: ['JEEX-T-06'],
  plant: source('src/operation/backup-status.ts', {
    find: 'last_full_at: summary?.last_full_at ?? null',
    replace: "last_full_at: backups.find(({ kind }) => kind === 'full')?.finished_at ?? null",
  }),
})
