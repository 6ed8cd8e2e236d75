import { defect, source } from 'etalon'

export default defect('an update looks at the next level only', {
  refutes: ['LFA-LVL-04'],
  plant: source('src/progress.ts', {
    find: 'return Math.max(progress.current_level, reachedLevel(ladder, experience))',
    replace: `const { current_level: current } = progress
  return Math.max(current, Math.min(current + 1, reachedLevel(ladder, experience)))`,
  }),
})
