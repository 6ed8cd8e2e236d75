import { defect, source } from 'etalon'

export default defect('a delisting is told on the channel of new listings', {
  refutes: ['TICK-RED-01'],
  plant: source('src/producer/sync/delisting-cleanup.ts', {
    find: 'await publishAll(tx, channels.delistingCleanup,',
    replace: 'await publishAll(tx, channels.ipoAssignment,',
  }),
})
