-- Up Migration

-- One run of the synchronizer. A trading day has at most one that its end-of-day signal, or the lack
-- of it, made; a person may order further ones.
create table sync_runs (
  id uuid primary key default uuidv7(),
  trading_day date not null,
  trigger text not null check (trigger in ('eod', 'override', 'task')),
  status text not null default 'running'
    check (status in ('running', 'completed', 'partial', 'failed', 'skipped')),
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- The time in which it has to be done.
  window_ms integer not null check (window_ms > 0),
  -- Whether it was done in its window; unknown until it is done or the window is over.
  within_window boolean,
  -- What a person has to look at; nothing when all went well.
  alert text,
  -- By task: status, started_at, finished_at, changes, error. Made with every task it has to do.
  task_results jsonb not null default '{}',
  constraint sync_runs_finished check ((status = 'running') = (finished_at is null))
);

create unique index sync_runs_day on sync_runs (trading_day) where trigger = 'eod';
create index sync_runs_started on sync_runs (started_at desc, id desc);
create index sync_runs_running on sync_runs (started_at) where status = 'running';

-- The trading day whose end the synchronizer waits for. It outlives the process, so that a signal
-- that never came is noticed by the next one.
create table sync_expectation (
  is_the_only_one boolean primary key default true check (is_the_only_one),
  trading_day date not null,
  since timestamptz not null
);

-- Every change of a membership, whoever made it; the memberships are its replay.
create table sync_changes_log (
  id bigint generated always as identity primary key,
  -- None for a change outside of a run, such as an expansion.
  run_id uuid references sync_runs,
  change_type text not null check (change_type in (
    'market_cap', 'ipo_assignment', 'delisting_cleanup', 'theme_rebalance', 'etf_maintenance',
    'expansion', 'manual'
  )),
  universe text not null,
  symbol text not null,
  action text not null check (action in ('added', 'removed')),
  reason text not null check (reason <> ''),
  metadata jsonb not null default '{}',
  created_at timestamptz not null default now()
);

create index sync_changes_log_run on sync_changes_log (run_id, id);
create index sync_changes_log_universe on sync_changes_log (universe, created_at, id);

-- Memberships by the time in which they held; `cache_entries.symbols` is those that hold now.
create table universe_members (
  cache_key text not null references cache_entries (cache_key) on delete cascade,
  symbol text not null,
  weight numeric(9, 8),
  valid_from timestamptz not null,
  valid_to timestamptz,
  primary key (cache_key, symbol, valid_from),
  constraint universe_members_period check (valid_to > valid_from),
  constraint universe_members_live check (
    symbol not like 'TEST\_%' or cache_key like 'test\_%'
  )
);

create unique index universe_members_now on universe_members (cache_key, symbol)
  where valid_to is null;
create index universe_members_symbol on universe_members (symbol, valid_from);

create table etf_relationships (
  symbol text not null references symbols on delete cascade,
  benchmark text not null references symbols on delete cascade,
  window_days integer not null check (window_days > 1),
  correlation numeric(7, 6) not null check (correlation between -1 and 1),
  -- What was told last, or found first: a change counts from here, so that small ones add up.
  told_correlation numeric(7, 6) not null,
  as_of date not null,
  primary key (symbol, benchmark, window_days)
);

grant select, insert, update, delete
  on sync_runs, sync_expectation, sync_changes_log, universe_members, etf_relationships
  to tickstock_producer;
grant select
  on sync_runs, sync_changes_log, universe_members, etf_relationships to tickstock_consumer;

-- Down Migration

drop table etf_relationships;
drop table universe_members;
drop table sync_changes_log;
drop table sync_expectation;
drop table sync_runs;
