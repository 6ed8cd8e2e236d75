import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('an expansion takes a quarter of a second for each universe', {
  refutes: ['TICK-ETF-05'],
  plant: changedFunction(
    'change_universe',
    'v_now := clock_timestamp();',
    'perform pg_sleep(0.25);\n  v_now := clock_timestamp();',
  ),
})
