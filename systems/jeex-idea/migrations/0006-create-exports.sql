-- Up Migration

create table exports (
  id uuid primary key default uuidv7(),
  project_id uuid not null,
  owner_id uuid not null,
  status text not null default 'pending',
  file_path text,
  manifest jsonb,
  sha256 char(64),
  size_bytes bigint,
  error_message text,
  expires_at timestamptz(3) not null,
  download_count integer not null default 0,
  attempt smallint not null default 1,
  created_by uuid not null references users (id) on delete cascade,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  changed_xid xid8 not null default pg_current_xact_id(),
  constraint exports_project_fkey foreign key (project_id, owner_id)
    references projects (id, created_by) on delete cascade,
  constraint exports_status check
    (status in ('pending', 'processing', 'completed', 'failed', 'expired')),
  constraint exports_file check (status <> 'completed'
    or (file_path is not null and manifest is not null and sha256 is not null)),
  constraint exports_download_count check (download_count >= 0),
  constraint exports_size check (size_bytes >= 0)
);

create index exports_project_idx on exports (project_id, created_at desc, id desc);
create index exports_expires_at_idx on exports (expires_at) where status = 'completed';
create index exports_waiting_idx on exports (id) where status in ('pending', 'processing', 'failed');

create trigger exports_stamp before update on exports
  for each row execute function stamp_change();

alter table exports enable row level security;
create policy exports_own on exports to jeex_app
  using (owner_id = (select jeex_user())) with check (owner_id = (select jeex_user()));
create policy exports_backup on exports for select to jeex_backup using (true);

-- What waits to be made; what a process took and did not finish, or failed at, waits again.
create function waiting_exports(stuck_before timestamptz, attempts_max integer, at_most integer)
returns table (id uuid, owner_id uuid)
language sql security definer set search_path = public, pg_temp as $$
  update exports e set status = 'pending', attempt = e.attempt + 1
  where (e.status = 'failed' or (e.status = 'processing' and e.updated_at < stuck_before))
    and e.attempt < attempts_max;
  select e.id, e.owner_id from exports e where e.status = 'pending' order by e.id limit at_most
$$;

-- Marks what is over; the service then removes the files.
create function expire_exports(now_is timestamptz)
returns table (id uuid, project_id uuid, file_path text)
language sql security definer set search_path = public, pg_temp as $$
  with over as (
    update exports e set status = 'expired'
    where e.status = 'completed' and e.expires_at <= now_is
    returning e.*
  ), noted as (
    insert into audit_log (project_id, owner_id, action, entity, entity_id, before, after, at)
    select e.project_id, e.owner_id, 'export.expire', 'export', e.id,
      jsonb_build_object('status', 'completed'), jsonb_build_object('status', e.status), now_is
    from over e
  )
  select e.id, e.project_id, e.file_path from over e
$$;

revoke execute on function waiting_exports(timestamptz, integer, integer), expire_exports(timestamptz)
  from public;
grant execute on function waiting_exports(timestamptz, integer, integer), expire_exports(timestamptz)
  to jeex_app;
grant select, insert on exports to jeex_app;
grant update (status, file_path, manifest, sha256, size_bytes, error_message, download_count,
  attempt) on exports to jeex_app;
grant select on exports to jeex_backup;

-- Down Migration

drop function expire_exports(timestamptz);
drop function waiting_exports(timestamptz, integer, integer);
drop table exports;
