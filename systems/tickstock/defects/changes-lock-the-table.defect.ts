import { defect } from 'etalon'
import { changedFunction } from './changed-function.ts'

export default defect('a change of one universe locks all of them for readers', {
  refutes: ['TICK-DB-15'],
  plant: changedFunction(
    'change_universe',
    'insert into cache_entries (cache_key) values',
    'lock table cache_entries;\n  insert into cache_entries (cache_key) values',
  ),
})
