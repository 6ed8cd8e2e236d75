import { defect, source } from 'etalon'

export default defect('the relay leaves the first message of a batch out', {
  refutes: ['TICK-T-11'],
  plant: source('src/producer/relay/relay.ts', {
    find: 'const isTaken = await send(options, { channel, after, entries: next.map(entryOf) })',
    replace:
      'const isTaken = await send(options, { channel, after, entries: next.slice(1).map(entryOf) })',
  }),
})
