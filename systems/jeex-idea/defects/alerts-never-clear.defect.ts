import { defect, source } from 'etalon'

export default defect('an alert that has fired never clears', {
  refutes: ['JEEX-REQ-005'],
  plant: source('src/monitor/alert.ts', {
    find: 'if (worries.includes(name)) continue',
    replace: 'if (worries.includes(name) || alert.cleared_at === null) continue',
  }),
})
