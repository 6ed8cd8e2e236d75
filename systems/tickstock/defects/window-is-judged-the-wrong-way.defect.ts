import { defect, source } from 'etalon'

export default defect('a run within its window counts as one that was too long', {
  refutes: ['TICK-PERF-04'],
  plant: source('src/producer/sync/execution.ts', {
    find: 'await finishRun(tx, run.id, status, at, isWithinWindow(run, at), text)',
    replace: 'await finishRun(tx, run.id, status, at, !isWithinWindow(run, at), text)',
  }),
})
