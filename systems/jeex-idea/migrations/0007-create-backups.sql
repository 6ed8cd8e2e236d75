-- Up Migration

-- The service's own record of its backups; not part of them.
create table backups (
  id uuid primary key default uuidv7(),
  kind text not null,
  -- The backup that an incremental one adds to.
  base_id uuid references backups (id),
  status text not null default 'running',
  file_path text,
  -- What of the database it saw: lower bound of the transactions that it may miss.
  snapshot_xmin xid8,
  manifest jsonb,
  sha256 char(64),
  size_bytes bigint,
  error_message text,
  started_at timestamptz(3) not null,
  finished_at timestamptz(3),
  verified_at timestamptz(3),
  restore_tested_at timestamptz(3),
  restore_report jsonb,
  constraint backups_kind check (kind in ('full', 'incremental')),
  constraint backups_base check ((kind = 'incremental') = (base_id is not null)),
  constraint backups_status check
    (status in ('running', 'completed', 'failed', 'corrupt', 'removed')),
  constraint backups_file check (status <> 'completed'
    or (file_path is not null and manifest is not null and sha256 is not null))
);

create index backups_started_at_idx on backups (started_at desc);
create unique index backups_one_running on backups ((true)) where status = 'running';

grant select, insert on backups to jeex_app;
grant update (status, file_path, snapshot_xmin, manifest, sha256, size_bytes, error_message,
  finished_at, verified_at, restore_tested_at, restore_report) on backups to jeex_app;

-- Down Migration

drop table backups;
