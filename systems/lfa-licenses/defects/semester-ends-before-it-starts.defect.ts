import { defect, sql } from 'etalon'

export default defect('a semester may end before it starts', {
  refutes: ['LFA-ENT-04'],
  plant: sql('alter table semesters drop constraint semesters_start_before_end'),
})
