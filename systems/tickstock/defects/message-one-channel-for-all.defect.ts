import { defect, source } from 'etalon'

export default defect('everything is told on one channel', {
  refutes: ['TICK-RED-13'],
  plant: source('src/producer/relay/stream.ts', {
    find: "redis.call('PUBLISH', KEYS[1], ARGV[at + 2])",
    replace: "redis.call('PUBLISH', 'tickstock.universe.updated', ARGV[at + 2])",
  }),
})
