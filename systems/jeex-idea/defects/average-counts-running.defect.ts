import { defect, source } from 'etalon'

export default defect('the average time is shared with what still runs', {
  refutes: ['JEEX-R-12'],
  plant: source('src/execution-figure.ts', {
    find: '(1_000 * ran)',
    replace: "(1_000 * (ran + inState('running')))",
  }),
})
