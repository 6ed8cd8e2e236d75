import { defect, source } from 'etalon'

export default defect('all ecosystems are told of on one channel', {
  refutes: ['CHAR-WS-06', 'CHAR-WS-08'],
  plant: source('src/event/envelope.ts', {
    find: '`ecosystem:${ecosystemId}:events`',
    replace: "ecosystemId && 'ecosystem:events'",
  }),
})
