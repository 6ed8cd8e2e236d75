import { defect, source } from 'etalon'

export default defect('an override replaces the second approval of level 8', {
  refutes: ['LFA-D-12/gancuju-override'],
  plant: source('src/operation/promotion.ts', {
    find: 'if (approvers.length < level.approvals) return',
    replace: 'if (approvers.length < level.approvals && !isOverride) return',
  }),
})
