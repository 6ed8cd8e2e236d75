import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('the metadata of a universe keep the count of its first expansion', {
  refutes: ['TICK-ETF-01'],
  plant: changedFunction(
    'change_universe',
    "'count', jsonb_array_length(v_symbols)",
    `'count', coalesce(
      v_entry.universe_metadata -> 'count', to_jsonb(jsonb_array_length(v_symbols))
    )`,
  ),
})
