import { defect, sql } from 'etalon'

export default defect('a column is wider than its description', {
  refutes: ['JEEX-REQ-002'],
  plant: sql('alter table agent_executions alter column model type text'),
})
