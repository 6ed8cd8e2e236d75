-- Up Migration

-- Whoever changes an execution meanwhile waits, and is counted by the new functions.
lock table agent_executions in share row exclusive mode;

-- What was cancelled while it was pending still has the start with which it was asked for; how long
-- it waited is no time that it ran. Of a day's sums, how many are such, and how long they waited.
alter table execution_days add column waited bigint not null default 0,
  add column waited_ms numeric not null default 0;
update execution_days d set waited = found.executions, waited_ms = found.duration_ms
from (
  select project_id, (created_at at time zone 'UTC')::date as day, agent_type, status,
    count(*) as executions, sum(duration_ms) as duration_ms
  from agent_executions where status = 'cancelled' and started_at = created_at
  group by 1, 2, 3, 4
) found
where (d.project_id, d.day, d.agent_type, d.status)
    = (found.project_id, found.day, found.agent_type, found.status)
  and d.share = (select min(share) from execution_days one
    where (one.project_id, one.day, one.agent_type, one.status)
      = (d.project_id, d.day, d.agent_type, d.status));

create function waited_for(
  status text, created_at timestamptz, started_at timestamptz, duration_ms bigint
) returns bigint
language sql immutable as $$
  select case when status = 'cancelled' and started_at = created_at then duration_ms end
$$;

create or replace function add_to_execution_days() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into execution_days as kept
    (project_id, owner_id, day, agent_type, status, share, executions, waited, waited_ms,
     duration_ms, tokens_in, tokens_out, cost)
  select project_id, owner_id, (created_at at time zone 'UTC')::date, agent_type, status,
    pg_backend_pid() % 64,
    count(*), count(wait_ms), coalesce(sum(wait_ms), 0), coalesce(sum(duration_ms), 0),
    coalesce(sum(tokens_in), 0), coalesce(sum(tokens_out), 0), coalesce(sum(cost), 0)
  from fresh, waited_for(status, created_at, started_at, duration_ms) wait_ms
  group by 1, 2, 3, 4, 5
  order by 1, 3, 4, 5
  on conflict (project_id, day, agent_type, status, share) do update set
    executions = kept.executions + excluded.executions,
    waited = kept.waited + excluded.waited,
    waited_ms = kept.waited_ms + excluded.waited_ms,
    duration_ms = kept.duration_ms + excluded.duration_ms,
    tokens_in = kept.tokens_in + excluded.tokens_in,
    tokens_out = kept.tokens_out + excluded.tokens_out,
    cost = kept.cost + excluded.cost;
  return null;
end
$$;

create or replace function move_in_execution_days() returns trigger
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into execution_days as kept
    (project_id, owner_id, day, agent_type, status, share, executions, waited, waited_ms,
     duration_ms, tokens_in, tokens_out, cost)
  select project_id, owner_id, (created_at at time zone 'UTC')::date, agent_type, status,
    pg_backend_pid() % 64,
    sum(sign), coalesce(sum(sign) filter (where wait_ms is not null), 0),
    sum(sign * coalesce(wait_ms, 0)), sum(sign * coalesce(duration_ms, 0)),
    sum(sign * coalesce(tokens_in, 0)), sum(sign * coalesce(tokens_out, 0)),
    sum(sign * coalesce(cost, 0))
  from (
    select -1 as sign, project_id, owner_id, created_at, started_at, agent_type, status,
      duration_ms, tokens_in, tokens_out, cost from stale
    union all
    select 1, project_id, owner_id, created_at, started_at, agent_type, status, duration_ms,
      tokens_in, tokens_out, cost from fresh
  ) moved, waited_for(status, created_at, started_at, duration_ms) wait_ms
  group by 1, 2, 3, 4, 5
  order by 1, 3, 4, 5
  on conflict (project_id, day, agent_type, status, share) do update set
    executions = kept.executions + excluded.executions,
    waited = kept.waited + excluded.waited,
    waited_ms = kept.waited_ms + excluded.waited_ms,
    duration_ms = kept.duration_ms + excluded.duration_ms,
    tokens_in = kept.tokens_in + excluded.tokens_in,
    tokens_out = kept.tokens_out + excluded.tokens_out,
    cost = kept.cost + excluded.cost;
  return null;
end
$$;

-- Down Migration

lock table agent_executions in share row exclusive mode;

create or replace function add_to_execution_days() returns trigger
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

create or replace function move_in_execution_days() returns trigger
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

drop function waited_for(text, timestamptz, timestamptz, bigint);
alter table execution_days drop column waited, drop column waited_ms;
