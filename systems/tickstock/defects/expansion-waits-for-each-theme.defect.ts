import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('an expansion takes a fifth of a second for each universe', {
  refutes: ['TICK-ETF-05'],
  plant: changedFunction(
    'change_universe',
    'v_now := clock_timestamp();',
    'perform pg_sleep(0.2);\n  v_now := clock_timestamp();',
  ),
})
