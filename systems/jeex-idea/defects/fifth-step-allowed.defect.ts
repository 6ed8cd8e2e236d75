import { defect, source } from 'etalon'

export default defect('a project may go to a fifth step, and fails in the database', {
  refutes: ['JEEX-DB-02'],
  plant: source('src/schema/project.ts', {
    find: 'const currentStep = z.int().min(1).max(4)',
    replace: 'const currentStep = z.int().min(1).max(5)',
  }),
})
