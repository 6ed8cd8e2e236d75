import { defect, source } from 'etalon'

export default defect('a full backup that is due while another is taken is left out', {
  refutes: ['JEEX-D-14'],
  plant: source('src/operation/housekeeping.ts', {
    find: `await takeBackup(service, 'full', { waits: true })`,
    replace: `await unlessRunning(() => takeBackup(service, 'full'))`,
  }),
})
