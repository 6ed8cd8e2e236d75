import { defect, sql } from 'etalon'

export default defect('a member may be anything', {
  refutes: ['CHAR-DB-01'],
  plant: sql('alter table ecosystem_members drop constraint ecosystem_members_role_check'),
})
