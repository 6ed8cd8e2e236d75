import { defect, rebuilt } from 'etalon'

export default defect('the runner of all suites leaves the migrations out', {
  refutes: ['JEEX-T-11'],
  plant: rebuilt('claims/migration.claim.ts', { find: "'JEEX-T-04', ", replace: '' }),
})
