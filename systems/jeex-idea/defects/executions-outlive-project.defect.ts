import { defect, sql } from 'etalon'

export default defect('executions do not go with their project', {
  refutes: ['JEEX-DB-10'],
  plant: sql(
    'alter table agent_executions drop constraint agent_executions_project_fkey',
    `alter table agent_executions add constraint agent_executions_project_fkey
       foreign key (project_id, owner_id) references projects (id, created_by) not valid`,
  ),
})
