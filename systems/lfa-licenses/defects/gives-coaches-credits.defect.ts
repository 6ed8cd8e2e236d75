import { defect, sql } from 'etalon'

export default defect('a migration has given credits to coaches as well', {
  refutes: ['LFA-CRD-03'],
  plant: sql(
    'alter table coach_licenses add column credit_balance integer not null default 0',
    `update specializations set uses_credits = true where id = 'COACH'`,
  ),
})
