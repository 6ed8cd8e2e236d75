import { defect, sql } from 'etalon'

export default defect('the messages of each interaction that goes are looked for among all', {
  refutes: ['CHAR-API-02/crowded'],
  plant: sql('drop index idx_message_interaction'),
})
