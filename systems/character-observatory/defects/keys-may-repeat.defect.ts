import { defect, sql } from 'etalon'

export default defect('one idempotency key may stand for several interactions', {
  refutes: ['CHAR-INT-09'],
  plant: sql('alter table interactions drop constraint interactions_idempotency_key'),
})
