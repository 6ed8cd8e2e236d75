import { defect, sql } from 'etalon'

export default defect('personality is not looked at', {
  refutes: ['CHAR-DB-04/personality'],
  plant: sql(
    'create or replace function is_personality(traits jsonb) returns boolean language sql immutable return true',
  ),
})
