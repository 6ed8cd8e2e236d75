-- Up Migration

create table projects (
  id uuid primary key default uuidv7(),
  name varchar(255) not null,
  status text not null default 'draft',
  current_step smallint not null default 1,
  language varchar(10) not null default 'en',
  meta_data jsonb not null default '{}',
  created_by uuid not null references users (id) on delete cascade,
  row_version integer not null default 1,
  deleted_at timestamptz(3),
  is_deleted boolean not null generated always as (deleted_at is not null) stored,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  changed_xid xid8 not null default pg_current_xact_id(),
  constraint projects_name check (length(name) between 1 and 255),
  constraint projects_status check (status in ('draft', 'in_progress', 'completed', 'archived')),
  constraint projects_current_step check (current_step between 1 and 4),
  constraint projects_language check (length(language) between 2 and 10),
  -- What hangs on a project repeats its owner, so that row security needs no look at this table.
  constraint projects_owner_key unique (id, created_by)
);

create index projects_owner_status_idx on projects (created_by, status, updated_at desc, id desc)
  where deleted_at is null;
create index projects_owner_updated_idx on projects (created_by, updated_at desc, id desc)
  where deleted_at is null;
create index projects_created_at_idx on projects (created_at);
create index projects_meta_data_idx on projects using gin (meta_data jsonb_path_ops);

create trigger projects_stamp before update on projects
  for each row execute function stamp_change();

alter table projects enable row level security;
create policy projects_own on projects to jeex_app
  using (created_by = (select jeex_user())) with check (created_by = (select jeex_user()));
create policy projects_backup on projects for select to jeex_backup using (true);

create table audit_log (
  id uuid primary key default uuidv7(),
  project_id uuid references projects (id) on delete cascade,
  -- Whose log it stands in.
  owner_id uuid,
  -- Null for the service itself.
  actor uuid,
  action text not null,
  entity text not null,
  entity_id uuid not null,
  before jsonb,
  after jsonb,
  correlation_id text,
  at timestamptz(3) not null,
  changed_xid xid8 not null default pg_current_xact_id()
);

-- Readers go by transaction first: what is below every transaction under way is complete.
create index audit_log_project_idx on audit_log (project_id, changed_xid, id);
create index audit_log_entity_idx on audit_log (entity, entity_id);

alter table audit_log enable row level security;
create policy audit_log_own on audit_log to jeex_app
  using (owner_id = (select jeex_user())) with check (owner_id = (select jeex_user()));
create policy audit_log_backup on audit_log for select to jeex_backup using (true);

grant select, insert on projects to jeex_app;
grant update (name, status, current_step, language, meta_data, row_version, deleted_at)
  on projects to jeex_app;
grant select, insert on audit_log to jeex_app;
grant select on projects, audit_log to jeex_backup;

-- Down Migration

drop table audit_log;
drop table projects;
