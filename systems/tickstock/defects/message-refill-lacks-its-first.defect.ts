import { defect, source } from 'etalon'

export default defect('what is sent again after a cut lacks its first message', {
  refutes: ['TICK-T-15'],
  plant: source('src/producer/relay/relay.ts', {
    find: 'let after = Math.max(found, position.read_seq, bound)',
    replace: 'let after = Math.max(found, position.read_seq, bound) + 1',
  }),
})
