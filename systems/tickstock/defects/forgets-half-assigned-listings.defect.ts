import { defect, source } from 'etalon'

export default defect('a listing that was half assigned when the process died stays so', {
  refutes: ['TICK-SYN-12/crash'],
  plant: source('src/producer/store/sync-universe.ts', {
    find: `where run_id = $3 and change_type = 'ipo_assignment'`,
    replace: `where run_id = $3 and change_type = 'none of them'`,
  }),
})
