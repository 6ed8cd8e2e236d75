import { defect, source } from 'etalon'

export default defect('funds are ranked with the companies', {
  refutes: ['TICK-SYN-03'],
  plant: source('src/producer/store/sync-universe.ts', {
    find: `where s.type = 'CS' and (s.active or m.keys is not null)`,
    replace: `where s.type <> 'TEST' and (s.active or m.keys is not null)`,
  }),
})
