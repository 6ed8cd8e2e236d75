import { defect, source } from 'etalon'

export default defect('the JSON report has the counts and not what was found', {
  refutes: ['LFA-HLT-05'],
  plant: source('src/operation/health-check.ts', {
    find: '...check, violations: listed }',
    replace: '...check, violations: [] }',
  }),
})
