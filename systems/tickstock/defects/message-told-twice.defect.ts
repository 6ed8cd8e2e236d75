import { defect, source } from 'etalon'

export default defect('each message is told twice by publish and subscribe', {
  refutes: ['TICK-RED-07'],
  plant: source('src/producer/relay/stream.ts', {
    find: 'last = seq',
    replace: "last = seq redis.call('PUBLISH', KEYS[1], ARGV[at + 2])",
  }),
})
