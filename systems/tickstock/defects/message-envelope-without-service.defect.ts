import { defect, source } from 'etalon'

export default defect('messages do not say which service they come from', {
  refutes: ['TICK-RED-12'],
  plant: source('src/producer/relay/entry.ts', {
    find: 'JSON.stringify({ id, channel, seq, timestamp, service, event_type, version })',
    replace: 'JSON.stringify({ id, channel, seq, timestamp, event_type, version })',
  }),
})
