-- Up Migration

-- One row for each check that was not a dry run.
create table integrity_checks (
  id bigint generated always as identity primary key,
  started_at timestamptz not null,
  duration_ms integer not null,
  pairs_checked integer not null,
  users_checked integer not null,
  consistent integer not null,
  inconsistent integer not null,
  consistency_rate numeric(5, 2) not null,
  status text not null,
  previous_status text not null,
  trigger text not null,
  triggered_by bigint references users (id) on delete set null,
  dry_run boolean not null default false,
  report_file text,
  constraint integrity_checks_status_known
    check (status in ('healthy', 'degraded', 'critical')),
  constraint integrity_checks_previous_status_known
    check (previous_status in ('unknown', 'healthy', 'degraded', 'critical')),
  constraint integrity_checks_trigger_known check (trigger in ('SCHEDULED', 'MANUAL')),
  constraint integrity_checks_sum check (consistent + inconsistent = pairs_checked)
);

create index integrity_checks_started_at_idx on integrity_checks (started_at);

-- What a check found; one row for each pair of user and specialization and kind. No foreign key to
-- users: what was found stays on record when the account is deleted.
create table integrity_violations (
  id bigint generated always as identity primary key,
  check_id bigint not null references integrity_checks (id) on delete cascade,
  user_id bigint not null,
  specialization text not null,
  progress_level smallint,
  license_level smallint,
  kind text not null,
  recommended_action text not null,
  details jsonb not null default '{}',
  resolved_at timestamptz,
  constraint integrity_violations_once unique (check_id, user_id, specialization, kind),
  constraint integrity_violations_kind_known check (kind in (
    'missing_license', 'missing_progress', 'level_mismatch', 'max_below_current',
    'xp_below_level', 'balance_mismatch', 'expired_active'
  ))
);

create index integrity_violations_open_idx on integrity_violations (user_id, specialization)
  where resolved_at is null;

-- That the status became worse, once for each time.
create table integrity_alerts (
  id bigint generated always as identity primary key,
  check_id bigint not null unique references integrity_checks (id) on delete cascade,
  from_status text not null,
  to_status text not null,
  consistency_rate numeric(5, 2) not null,
  raised_at timestamptz not null
);

-- When each periodic job is due next.
create table job_schedules (
  name text primary key,
  due_at timestamptz not null
);

grant select, insert, update (due_at) on job_schedules to lfa_app;
grant select, insert, delete, update (report_file) on integrity_checks to lfa_app;
grant select, insert, update (resolved_at) on integrity_violations to lfa_app;
grant select, insert on integrity_alerts to lfa_app;

-- Down Migration

drop table job_schedules;
drop table integrity_alerts;
drop table integrity_violations;
drop table integrity_checks;
