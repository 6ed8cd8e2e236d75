import { defect, sql } from 'etalon'

export default defect('idempotency keys are forgotten after 23 hours', {
  refutes: ['JEEX-DB-07'],
  plant: sql(
    `alter table idempotency_keys alter column expires_at
       set default now() + interval '23 hours'`,
  ),
})
