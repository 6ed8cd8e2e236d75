import { defect, source } from 'etalon'

export default defect('a promotion goes straight to the highest level that the record carries', {
  refutes: ['LFA-LVL-09'],
  plant: source('src/operation/promotion.ts', {
    find: 'toLevel: level.level,',
    replace: 'toLevel: eligibleLevel(ladder, license, service.domain.promotion),',
  }),
})
