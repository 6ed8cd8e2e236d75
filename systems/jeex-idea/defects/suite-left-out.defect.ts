import { defect, rebuilt } from 'etalon'

export default defect('the runner of all suites leaves the reports of maintenance out', {
  refutes: ['JEEX-T-11'],
  plant: rebuilt('claims/maintenance.claim.ts', {
    find: "claim('JEEX-T-10', {",
    replace: "claim('JEEX-T-09', { name: 'reports',",
  }),
})
