import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

// As in the system that the report is about: a list has no text keys, so every sample was null.
export default defect('the sample of a summary is read from the list by text keys', {
  refutes: ['TICK-DB-05'],
  plant: changedFunction(
    'get_etf_universes_summary',
    'jsonb_agg(sample.symbol order by sample.place)',
    'jsonb_agg(symbols -> (sample.place - 1)::text order by sample.place)',
  ),
})
