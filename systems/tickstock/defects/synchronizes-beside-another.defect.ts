import { defect, source } from 'etalon'

export default defect('who does not get the lease works all the same', {
  refutes: ['TICK-SYN-13'],
  plant: source('src/producer/sync/run-lease.ts', {
    find: 'if (lease?.held !== true) return { held: false }',
    replace: 'if (lease === undefined) return { held: false }',
  }),
})
