import { defect, source } from 'etalon'

export default defect('an update that passes several levels says that it gained one', {
  refutes: ['LFA-T-33'],
  plant: source('src/operation/progress.ts', {
    find: 'levels_gained: newLevel - oldLevel',
    replace: 'levels_gained: Math.sign(newLevel - oldLevel)',
  }),
})
