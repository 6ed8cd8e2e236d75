import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('the time in the metadata makes every expansion a new one', {
  refutes: ['TICK-ETF-10'],
  plant: changedFunction(
    'change_universe',
    "v_entry.universe_metadata - '{count,updated}'::text[]",
    'v_entry.universe_metadata',
  ),
})
