import { defect, source } from 'etalon'

export default defect('a level takes one XP more than its ladder says', {
  refutes: ['LFA-LVL-01'],
  plant: source('src/level.ts', {
    find: 'xp >= row.required_xp &&',
    replace: 'xp > row.required_xp &&',
  }),
})
