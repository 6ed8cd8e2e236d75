import { defect, source } from 'etalon'

export default defect('a damaged backup raises no alert', {
  refutes: ['JEEX-T-06'],
  plant: source('src/monitor/monitor.ts', {
    find: `last?.status === 'failed' || backups.some(({ status }) => status === 'corrupt')`,
    replace: `last?.status === 'failed'`,
  }),
})
