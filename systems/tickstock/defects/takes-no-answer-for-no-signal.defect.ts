import { defect, source } from 'etalon'

export default defect('a Redis that is away counts as one that has no signal', {
  refutes: ['TICK-SYN-01'],
  plant: source('src/producer/sync/synchronizer.ts', {
    find: 'const signals = await stream.read()',
    replace: 'const signals = await stream.read().catch(() => [])',
  }),
})
