import { defect, source } from 'etalon'

export default defect('the tasks are done in the wrong order', {
  refutes: ['TICK-SYN-02'],
  plant: source('src/producer/sync/execution.ts', {
    find: 'for (const name of taskNames) {',
    replace: 'for (const name of taskNames.toReversed()) {',
  }),
})
