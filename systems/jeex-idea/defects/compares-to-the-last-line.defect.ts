import { defect, source } from 'etalon'

export default defect('versions are compared however much they differ', {
  refutes: ['JEEX-API-23/large-diff'],
  plant: source('src/diff.ts', {
    find: 'diffLines(from, to, { maxEditLength: changedLinesMax })',
    replace: 'diffLines(from, to)',
  }),
})
