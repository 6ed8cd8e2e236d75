import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('a universe that stays as it is is written all the same', {
  refutes: ['TICK-DB-04'],
  plant: changedFunction('change_universe', "v_action := 'unchanged'", "v_action := 'updated'"),
})
