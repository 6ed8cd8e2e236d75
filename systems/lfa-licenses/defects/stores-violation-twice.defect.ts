import { defect, sql } from 'etalon'

export default defect('a check may keep the same violation twice', {
  refutes: ['LFA-ENT-11'],
  plant: sql('alter table integrity_violations drop constraint integrity_violations_once'),
})
