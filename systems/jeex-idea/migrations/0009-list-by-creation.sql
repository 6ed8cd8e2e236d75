-- Up Migration

-- Lists go by what never changes, so that a cursor skips and repeats nothing while rows change.
create index projects_owner_created_idx on projects (created_by, created_at desc, id desc)
  where deleted_at is null;
drop index projects_owner_updated_idx;

create index agent_executions_created_idx on agent_executions
  (project_id, created_at desc, id desc);
create index agent_executions_status_created_idx on agent_executions
  (project_id, status, created_at desc, id desc);
create index agent_executions_type_created_idx on agent_executions
  (project_id, agent_type, created_at desc, id desc);
drop index agent_executions_project_type_idx;

-- Down Migration

create index agent_executions_project_type_idx on agent_executions
  (project_id, agent_type, started_at desc, id desc);
drop index agent_executions_type_created_idx, agent_executions_status_created_idx,
  agent_executions_created_idx;
create index projects_owner_updated_idx on projects (created_by, updated_at desc, id desc)
  where deleted_at is null;
drop index projects_owner_created_idx;
