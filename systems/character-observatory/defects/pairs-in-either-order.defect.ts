import { defect, sql } from 'etalon'

export default defect('a pair is stored in either order', {
  refutes: ['CHAR-DB-04'],
  plant: sql('alter table character_relationships drop constraint character_relationships_order'),
})
