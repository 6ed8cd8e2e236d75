import { defect, source } from 'etalon'

export default defect('a level that an admin takes back stays on the licence', {
  refutes: ['LFA-T-62'],
  plant: source('src/operation/level-change.ts', {
    find: 'syncLicense(tx, pair, change.new_level, {',
    replace: 'syncLicense(tx, pair, Math.max(change.new_level, progress.current_level), {',
  }),
})
