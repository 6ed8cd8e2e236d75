import { defect, sql } from 'etalon'

export default defect('the feed of interactions has lost its index', {
  refutes: ['CHAR-DB-12'],
  plant: sql('drop index idx_interaction_feed'),
})
