import { defect, source } from 'etalon'

export default defect('a damaged backup raises no alert', {
  refutes: ['JEEX-T-06'],
  plant: source('src/store/backup.ts', {
    find: "exists (select from backups where status = 'corrupt')",
    replace: 'false',
  }),
})
