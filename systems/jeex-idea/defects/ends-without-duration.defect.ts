import { defect, sql } from 'etalon'

export default defect('an execution may end without a duration', {
  refutes: ['JEEX-DB-04'],
  plant: sql('alter table agent_executions drop constraint agent_executions_end'),
})
