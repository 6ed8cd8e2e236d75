import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('who leaves a universe is not logged', {
  refutes: ['TICK-T-37'],
  plant: changedFunction(
    'change_universe',
    "select unnest(v_removed) as symbol, 'removed' as action",
    "select unnest(v_removed) as symbol, 'removed' as action where false",
  ),
})
