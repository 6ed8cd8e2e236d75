import { defect, source } from 'etalon'

export default defect('a demotion is not written to the history of levels', {
  refutes: ['LFA-R-17'],
  plant: source('src/operation/promotion.ts', {
    find: 'await recordProgression(tx, {',
    replace: 'if (toLevel > license.current_level) await recordProgression(tx, {',
  }),
})
