import { defect, source } from 'etalon'

export default defect('an update tells the new XP for the old one too', {
  refutes: ['LFA-CPL-14'],
  plant: source('src/operation/progress.ts', {
    find: 'old_xp: progress.total_xp,',
    replace: 'old_xp: after.total_xp,',
  }),
})
