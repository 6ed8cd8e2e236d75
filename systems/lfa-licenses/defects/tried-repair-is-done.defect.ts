import { defect, source } from 'etalon'

export default defect('a repair that is only tried is done', {
  refutes: ['LFA-CPL-11'],
  plant: source('src/operation/repair.ts', {
    find: 'if (!dryRun) await applyRepair',
    replace: 'await applyRepair',
  }),
})
