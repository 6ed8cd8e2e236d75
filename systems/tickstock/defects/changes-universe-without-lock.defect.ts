import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('two who change one universe at once do not wait for each other', {
  refutes: ['TICK-T-04', 'TICK-ETF-10'],
  plant: changedFunction(
    'change_universe',
    'where cache_key = p_key for update',
    'where cache_key = p_key',
  ),
})
