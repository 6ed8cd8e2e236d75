import { defect, sql } from 'etalon'

export default defect(
  'the key of a grant is looked up and not unique, so that two at once both count',
  {
    refutes: ['LFA-R-07'],
    plant: sql('alter table xp_transactions drop constraint xp_transactions_idempotency_key_key'),
  },
)
