import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('who leaves a universe is deleted from it instead of ended', {
  refutes: ['TICK-DB-14'],
  plant: changedFunction(
    'change_universe',
    'update universe_members set valid_to = v_now\n    where',
    'delete from universe_members\n    where',
  ),
})
