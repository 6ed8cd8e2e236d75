import { defect, source } from 'etalon'

export default defect('the check calls XP short that are exactly what the level takes', {
  refutes: ['LFA-CPL-12'],
  plant: source('src/store/inconsistency.ts', {
    find: 'c.total_xp < c.required_xp, false',
    replace: 'c.total_xp <= c.required_xp, false',
  }),
})
