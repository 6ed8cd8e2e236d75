import { defect, sql } from 'etalon'

export default defect('the database lets a character interact with itself', {
  refutes: ['CHAR-DB-06'],
  plant: sql('alter table interactions drop constraint interactions_others'),
})
