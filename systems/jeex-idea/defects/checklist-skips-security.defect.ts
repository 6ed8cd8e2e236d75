import { defect, source } from 'etalon'

export default defect('the checklist leaves the security measures out', {
  refutes: ['JEEX-T-09'],
  plant: source('src/checklist.ts', { find: '  ...securityItems,\n', replace: '' }),
})
