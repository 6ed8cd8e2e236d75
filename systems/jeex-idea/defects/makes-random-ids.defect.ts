import { defect, sql } from 'etalon'

export default defect('ids of executions are random', {
  refutes: ['JEEX-D-03'],
  plant: sql('alter table agent_executions alter column id set default gen_random_uuid()'),
})
