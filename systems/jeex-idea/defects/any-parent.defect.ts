import { defect, sql } from 'etalon'

export default defect('an execution may name a parent that does not exist', {
  refutes: ['JEEX-API-12'],
  plant: sql('alter table agent_executions drop constraint agent_executions_parent_fkey'),
})
