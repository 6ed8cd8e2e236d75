import { defect, source } from 'etalon'

export default defect('of new listings only common stocks are assigned', {
  refutes: ['TICK-SYN-05'],
  plant: source('src/producer/store/sync-universe.ts', {
    find: `where s.active and s.type in ('CS', 'ETF') and s.initial_load_date`,
    replace: `where s.active and s.type = 'CS' and s.initial_load_date`,
  }),
})
