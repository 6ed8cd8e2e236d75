import { defect, sql } from 'etalon'

export default defect('an execution can be retried again and again', {
  refutes: ['JEEX-API-23/retry'],
  plant: sql('alter table agent_executions drop constraint agent_executions_retry_key'),
})
