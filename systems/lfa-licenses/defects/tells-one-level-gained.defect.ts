import { defect, source } from 'etalon'

export default defect('a grant that passes several levels tells of one', {
  refutes: ['LFA-API-03'],
  plant: source('src/routes/internship.ts', {
    find: 'levels_gained: newLevel - oldLevel,',
    replace: 'levels_gained: newLevel > oldLevel ? 1 : 0,',
  }),
})
