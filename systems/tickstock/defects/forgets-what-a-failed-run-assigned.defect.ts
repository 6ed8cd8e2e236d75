import { defect, source } from 'etalon'

export default defect('a listing that a failed task has half assigned stays so', {
  refutes: ['TICK-SYN-05/half'],
  plant: source('src/producer/store/sync-universe.ts', {
    find: `'{ipo_assignment,status}' = 'failed' and not exists (`,
    replace: `'{ipo_assignment,status}' = 'none of them' and not exists (`,
  }),
})
