-- Up Migration

create table agent_executions (
  id uuid primary key default uuidv7(),
  project_id uuid not null,
  owner_id uuid not null,
  agent_type varchar(50) not null,
  correlation_id uuid not null,
  parent_execution_id uuid,
  retry_of uuid,
  attempt smallint not null default 1,
  input_data jsonb not null default '{}',
  output_data jsonb,
  status text not null default 'pending',
  error_message text,
  model varchar(100),
  tokens_in bigint,
  tokens_out bigint,
  cost numeric(14, 6),
  row_version integer not null default 1,
  -- Until it runs, when it was asked for.
  started_at timestamptz(3) not null,
  completed_at timestamptz(3),
  duration_ms bigint,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  changed_xid xid8 not null default pg_current_xact_id(),
  constraint agent_executions_project_fkey foreign key (project_id, owner_id)
    references projects (id, created_by) on delete cascade,
  constraint agent_executions_in_project_key unique (id, project_id),
  constraint agent_executions_parent_fkey foreign key (parent_execution_id, project_id)
    references agent_executions (id, project_id) on delete cascade deferrable,
  constraint agent_executions_retry_fkey foreign key (retry_of, project_id)
    references agent_executions (id, project_id) on delete cascade deferrable,
  constraint agent_executions_retry_key unique (retry_of),
  constraint agent_executions_type check (agent_type in (
    'product_manager', 'business_analyst', 'venture_expert', 'triz_expert', 'design_thinker',
    'system_analyst', 'engineering_standards', 'qa_expert', 'security_expert',
    'solution_architect', 'devops_expert', 'performance_expert', 'project_planner',
    'scrum_master', 'risk_manager')),
  constraint agent_executions_status check
    (status in ('pending', 'running', 'completed', 'failed', 'cancelled', 'timed_out')),
  constraint agent_executions_end check (
    (status in ('completed', 'failed', 'cancelled', 'timed_out'))
      = (completed_at is not null and duration_ms is not null)
    and (completed_at is null) = (duration_ms is null)),
  constraint agent_executions_duration check (duration_ms >= 0),
  constraint agent_executions_attempt check (attempt >= 1),
  constraint agent_executions_tokens check (tokens_in >= 0 and tokens_out >= 0),
  constraint agent_executions_cost check (cost >= 0)
);

create index agent_executions_started_idx on agent_executions
  (project_id, started_at desc, id desc);
create index agent_executions_correlation_idx on agent_executions (correlation_id);
create index agent_executions_status_idx on agent_executions (status, started_at);
create index agent_executions_project_status_idx on agent_executions
  (project_id, status, started_at desc, id desc);
create index agent_executions_project_type_idx on agent_executions
  (project_id, agent_type, started_at desc, id desc);
create index agent_executions_parent_idx on agent_executions (parent_execution_id)
  where parent_execution_id is not null;
create index agent_executions_input_idx on agent_executions
  using gin (input_data jsonb_path_ops);

create trigger agent_executions_stamp before update on agent_executions
  for each row execute function stamp_change();

alter table agent_executions enable row level security;
create policy agent_executions_own on agent_executions to jeex_app
  using (owner_id = (select jeex_user())) with check (owner_id = (select jeex_user()));
create policy agent_executions_backup on agent_executions for select to jeex_backup using (true);

-- Sums by day of creation (UTC), so that metrics and totals stay quick over millions of rows. Each
-- connection adds to shares of its own, so that writers do not wait for each other.
create table execution_days (
  project_id uuid not null,
  owner_id uuid not null,
  day date not null,
  agent_type varchar(50) not null,
  status text not null,
  share smallint not null,
  executions bigint not null,
  duration_ms numeric not null,
  tokens_in numeric not null,
  tokens_out numeric not null,
  cost numeric not null,
  primary key (project_id, day, agent_type, status, share),
  constraint execution_days_project_fkey foreign key (project_id, owner_id)
    references projects (id, created_by) on delete cascade
);

alter table execution_days enable row level security;
create policy execution_days_own on execution_days to jeex_app
  using (owner_id = (select jeex_user())) with check (owner_id = (select jeex_user()));
create policy execution_days_backup on execution_days for select to jeex_backup using (true);

create function add_to_execution_days() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into execution_days as kept
    (project_id, owner_id, day, agent_type, status, share, executions, duration_ms, tokens_in,
     tokens_out, cost)
  select project_id, owner_id, (created_at at time zone 'UTC')::date, agent_type, status,
    pg_backend_pid() % 64,
    count(*), coalesce(sum(duration_ms), 0), coalesce(sum(tokens_in), 0),
    coalesce(sum(tokens_out), 0), coalesce(sum(cost), 0)
  from fresh
  group by 1, 2, 3, 4, 5
  order by 1, 3, 4, 5
  on conflict (project_id, day, agent_type, status, share) do update set
    executions = kept.executions + excluded.executions,
    duration_ms = kept.duration_ms + excluded.duration_ms,
    tokens_in = kept.tokens_in + excluded.tokens_in,
    tokens_out = kept.tokens_out + excluded.tokens_out,
    cost = kept.cost + excluded.cost;
  return null;
end
$$;

create function move_in_execution_days() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into execution_days as kept
    (project_id, owner_id, day, agent_type, status, share, executions, duration_ms, tokens_in,
     tokens_out, cost)
  select project_id, owner_id, (created_at at time zone 'UTC')::date, agent_type, status,
    pg_backend_pid() % 64,
    sum(sign), sum(sign * coalesce(duration_ms, 0)), sum(sign * coalesce(tokens_in, 0)),
    sum(sign * coalesce(tokens_out, 0)), sum(sign * coalesce(cost, 0))
  from (
    select -1 as sign, project_id, owner_id, created_at, agent_type, status, duration_ms,
      tokens_in, tokens_out, cost from stale
    union all
    select 1, project_id, owner_id, created_at, agent_type, status, duration_ms, tokens_in,
      tokens_out, cost from fresh
  ) moved
  group by 1, 2, 3, 4, 5
  order by 1, 3, 4, 5
  on conflict (project_id, day, agent_type, status, share) do update set
    executions = kept.executions + excluded.executions,
    duration_ms = kept.duration_ms + excluded.duration_ms,
    tokens_in = kept.tokens_in + excluded.tokens_in,
    tokens_out = kept.tokens_out + excluded.tokens_out,
    cost = kept.cost + excluded.cost;
  return null;
end
$$;

create trigger agent_executions_add after insert on agent_executions
  referencing new table as fresh
  for each statement execute function add_to_execution_days();
create trigger agent_executions_move after update on agent_executions
  referencing old table as stale new table as fresh
  for each statement execute function move_in_execution_days();

-- Ends what has been running for too long; the service calls it on a schedule.
create function time_out_executions(started_before timestamptz, now_is timestamptz)
returns table (id uuid, project_id uuid, owner_id uuid)
language sql security definer set search_path = public, pg_temp as $$
  with late as (
    select e.id from agent_executions e
    where e.status = 'running' and e.started_at < started_before
    for update skip locked
  ), ended as (
    update agent_executions e
    set status = 'timed_out', completed_at = now_is, row_version = row_version + 1,
      duration_ms = greatest(0, round(extract(epoch from now_is - e.started_at) * 1000)),
      error_message = 'No end was reported in time'
    from late where late.id = e.id
    returning e.*
  ), noted as (
    insert into audit_log
      (project_id, owner_id, action, entity, entity_id, before, after, correlation_id, at)
    select e.project_id, e.owner_id, 'execution.time-out', 'execution', e.id,
      jsonb_build_object('status', 'running'),
      jsonb_build_object('status', e.status, 'row_version', e.row_version),
      e.correlation_id::text, now_is
    from ended e
  )
  select e.id, e.project_id, e.owner_id from ended e
$$;

revoke execute on function time_out_executions(timestamptz, timestamptz) from public;
grant execute on function time_out_executions(timestamptz, timestamptz) to jeex_app;
grant select, insert on agent_executions to jeex_app;
grant update (output_data, status, error_message, model, tokens_in, tokens_out, cost,
  started_at, completed_at, duration_ms, row_version) on agent_executions to jeex_app;
grant select on execution_days to jeex_app;
grant select on agent_executions, execution_days to jeex_backup;

-- Down Migration

drop function time_out_executions(timestamptz, timestamptz);
drop table agent_executions;
drop table execution_days;
drop function move_in_execution_days();
drop function add_to_execution_days();
