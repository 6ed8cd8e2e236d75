-- Up Migration

create table document_versions (
  id uuid primary key default uuidv7(),
  project_id uuid not null,
  owner_id uuid not null,
  document_type varchar(50) not null,
  version integer not null,
  content text not null,
  meta_data jsonb not null default '{}',
  readability_score numeric(5, 2),
  grammar_score numeric(5, 2),
  created_by uuid not null references users (id) on delete cascade,
  row_version integer not null default 1,
  deleted_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  changed_xid xid8 not null default pg_current_xact_id(),
  constraint document_versions_project_fkey foreign key (project_id, owner_id)
    references projects (id, created_by) on delete cascade,
  constraint document_versions_version_key unique (project_id, document_type, version),
  constraint document_versions_type check (document_type in
    ('idea_description', 'engineering_specs', 'architecture', 'implementation_plan')),
  constraint document_versions_version check (version >= 1),
  constraint document_versions_content check (length(content) > 0),
  constraint document_versions_readability check (readability_score between 0 and 100),
  constraint document_versions_grammar check (grammar_score between 0 and 100)
);

create index document_versions_type_idx on document_versions
  (project_id, document_type, version desc) where deleted_at is null;
create index document_versions_version_idx on document_versions
  (project_id, version desc, id desc) where deleted_at is null;
create index document_versions_created_at_idx on document_versions (created_at);
create index document_versions_meta_data_idx on document_versions
  using gin (meta_data jsonb_path_ops);

create trigger document_versions_stamp before update on document_versions
  for each row execute function stamp_change();

alter table document_versions enable row level security;
create policy document_versions_own on document_versions to jeex_app
  using (owner_id = (select jeex_user())) with check (owner_id = (select jeex_user()));
create policy document_versions_backup on document_versions for select to jeex_backup using (true);

grant select, insert on document_versions to jeex_app;
-- The text of a version never changes.
grant update (meta_data, readability_score, grammar_score, row_version, deleted_at)
  on document_versions to jeex_app;
grant select on document_versions to jeex_backup;

-- Down Migration

drop table document_versions;
