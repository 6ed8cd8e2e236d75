import { defect, sql } from 'etalon'

export default defect('no index holds executions in the order of their lists, nor their runs', {
  refutes: ['JEEX-REQ-008', 'JEEX-PERF-011', 'JEEX-PERF-012'],
  plant: sql('drop index agent_executions_created_idx, agent_executions_correlation_idx'),
})
