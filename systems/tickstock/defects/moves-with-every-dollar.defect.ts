import { defect, source } from 'etalon'

export default defect('whoever is a dollar past the edge of a band leaves it', {
  refutes: ['TICK-SYN-04'],
  plant: source('src/producer/sync/band.ts', {
    find: 'if (current === undefined) return bandOf(marketCap)',
    replace: 'if (current !== null) return bandOf(marketCap)',
  }),
})
