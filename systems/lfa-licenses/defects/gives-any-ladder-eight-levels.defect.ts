import { defect, source } from 'etalon'

export default defect('every ladder is taken to have eight levels', {
  refutes: ['LFA-CPL-07'],
  plant: source('src/operation/level-change.ts', {
    find: 'const maxLevel = ladder.at(-1)?.level ?? 1',
    replace: 'const maxLevel = Math.max(8, ladder.length)',
  }),
})
