import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('members that are not listed are left out of the validation', {
  refutes: ['TICK-DB-06'],
  plant: changedFunction(
    'validate_etf_universe_symbols',
    'left join symbols as known',
    'join symbols as known',
  ),
})
