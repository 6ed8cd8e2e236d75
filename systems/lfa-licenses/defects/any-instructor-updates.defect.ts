import { defect, source } from 'etalon'

export default defect('every instructor updates every student but himself', {
  refutes: ['LFA-API-06'],
  plant: source('src/operation/progress.ts', {
    find: 'if (!student.in_scope || userId === actor.id)',
    replace: 'if (userId === actor.id)',
  }),
})
