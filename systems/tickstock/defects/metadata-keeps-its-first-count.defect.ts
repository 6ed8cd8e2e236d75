import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('the metadata of a universe keep the count of its first expansion', {
  refutes: ['TICK-ETF-01'],
  plant: changedFunction(
    'change_universe',
    'universe_metadata = v_metadata ||',
    'universe_metadata = case when v_created then v_metadata else v_entry.universe_metadata end ||',
  ),
})
