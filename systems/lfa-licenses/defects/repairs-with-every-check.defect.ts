import { defect, source } from 'etalon'

export default defect('everybody is repaired as often as everybody is checked', {
  refutes: ['LFA-CPL-11/scheduled'],
  plant: source('src/monitor.ts', {
    find: 'intervalMs: monitor.syncIntervalMs,',
    replace: 'intervalMs: monitor.checkIntervalMs,',
  }),
})
