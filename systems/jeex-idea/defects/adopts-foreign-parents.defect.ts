import { defect, sql } from 'etalon'

export default defect('an execution may have a parent in another project', {
  refutes: ['JEEX-T-03'],
  plant: sql('alter table agent_executions drop constraint agent_executions_parent_fkey'),
})
