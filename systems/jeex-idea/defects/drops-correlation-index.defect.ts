import { defect, sql } from 'etalon'

export default defect('the index by correlation id is missing', {
  refutes: ['JEEX-DB-09'],
  plant: sql('drop index agent_executions_correlation_idx'),
})
