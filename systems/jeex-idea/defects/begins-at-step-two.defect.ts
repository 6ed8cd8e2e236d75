import { defect, source } from 'etalon'

export default defect('a project begins at its second step', {
  refutes: ['JEEX-API-01'],
  plant: source('src/schema/project.ts', {
    find: 'current_step: currentStep.default(1)',
    replace: 'current_step: currentStep.default(2)',
  }),
})
