import { defect, source } from 'etalon'

export default defect('a sync that finds nothing to do leaves no entry', {
  refutes: ['LFA-CPL-04'],
  plant: source('src/operation/progress.ts', {
    find: `await recordAudit(tx, {
    actorId: null,`,
    replace: `if (result.action !== 'unchanged') await recordAudit(tx, {
    actorId: null,`,
  }),
})
