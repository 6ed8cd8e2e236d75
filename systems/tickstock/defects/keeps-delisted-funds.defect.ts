import { defect, source } from 'etalon'

export default defect('funds that were delisted stay in their themes', {
  refutes: ['TICK-SYN-06'],
  plant: source('src/producer/store/sync-universe.ts', {
    find: '   where not s.active\n',
    replace: `   where not s.active and s.type = 'CS'\n`,
  }),
})
