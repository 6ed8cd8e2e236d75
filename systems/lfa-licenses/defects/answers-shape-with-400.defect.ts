import { defect, source } from 'etalon'

export default defect('a request of the wrong shape is answered like a broken rule', {
  refutes: ['LFA-API-09'],
  plant: source('../../packages/service-kit/src/errors.ts', {
    find: `VALIDATION_FAILED: {
    status: 422,`,
    replace: `VALIDATION_FAILED: {
    status: 400,`,
  }),
})
