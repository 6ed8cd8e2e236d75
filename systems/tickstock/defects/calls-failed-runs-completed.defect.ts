import { defect, source } from 'etalon'

export default defect('a run is completed although tasks of it failed', {
  refutes: ['TICK-SYN-02/partial'],
  plant: source('src/producer/sync/task.ts', {
    find: "return done === 0 ? 'failed' : 'partial'",
    replace: "return 'completed'",
  }),
})
