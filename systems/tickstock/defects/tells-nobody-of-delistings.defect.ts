import { defect, source } from 'etalon'

export default defect('that symbols were delisted is not told', {
  refutes: ['TICK-T-03'],
  plant: source('src/producer/sync/execution.ts', {
    find: 'await task.tell?.(tx, work)',
    replace: "if (task.name !== 'delisting_cleanup') await task.tell?.(tx, work)",
  }),
})
