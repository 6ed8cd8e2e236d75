import { defect, source } from 'etalon'

export default defect('what is due every six hours is only tried', {
  refutes: ['LFA-CPL-11/scheduled'],
  plant: source('src/monitor.ts', {
    find: 'dryRun: false,\n            actorId: null,',
    replace: 'dryRun: true,\n            actorId: null,',
  }),
})
