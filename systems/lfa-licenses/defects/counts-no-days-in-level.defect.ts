import { defect, source } from 'etalon'

export default defect('a belt takes no time in the one before it', {
  refutes: ['LFA-D-11'],
  plant: source('src/promotion.ts', {
    find: 'rules.requireDaysInLevel ? level.days_in_level : 0',
    replace: '0',
  }),
})
