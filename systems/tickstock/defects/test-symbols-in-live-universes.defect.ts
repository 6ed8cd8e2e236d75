import { defect, sql } from 'etalon'

export default defect('a live universe takes test symbols', {
  refutes: ['TICK-SCN-07'],
  plant: sql('alter table universe_members drop constraint universe_members_live'),
})
