import { defect, source } from 'etalon'

export default defect('new listings wait for the next trading day', {
  refutes: ['TICK-SYN-05/weekend'],
  plant: source('src/producer/sync/listing-watch.ts', {
    find: 'const assignEveryMs = 12 * 3_600_000',
    replace: 'const assignEveryMs = 72 * 3_600_000',
  }),
})
