import { defect, source } from 'etalon'

export default defect('everybody who is signed in sees the backups', {
  refutes: ['JEEX-API-22'],
  plant: source('src/routes/backup.ts', {
    find: `    '/database/backup/status',
    {
      config: access.operator,`,
    replace: `    '/database/backup/status',
    {
      config: access.signedIn,`,
  }),
})
