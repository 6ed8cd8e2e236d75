-- Up Migration

-- Who asks, as the service says at the start of every transaction; nobody where it said nothing.
create function jeex_user() returns uuid
language sql stable as $$
  select nullif(current_setting('jeex.user_id', true), '')::uuid
$$;

create function jeex_is_operator() returns boolean
language sql stable as $$
  select coalesce(current_setting('jeex.role', true), '') = 'operator'
$$;

-- changed_xid tells an incremental backup what a snapshot did not see yet.
create function stamp_change() returns trigger
language plpgsql as $$
begin
  new.updated_at := clock_timestamp();
  new.changed_xid := pg_current_xact_id();
  return new;
end
$$;

create table users (
  id uuid primary key default uuidv7(),
  email varchar(255) not null,
  name varchar(255) not null,
  role text not null default 'user',
  password_hash text not null,
  is_active boolean not null default true,
  profile_data jsonb not null default '{}',
  last_login_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  changed_xid xid8 not null default pg_current_xact_id(),
  constraint users_email_key unique (email),
  constraint users_role check (role in ('user', 'operator'))
);

create trigger users_stamp before update on users
  for each row execute function stamp_change();

alter table users enable row level security;
create policy users_own on users to jeex_app
  using (id = (select jeex_user()) or (select jeex_is_operator()))
  with check (id = (select jeex_user()) or (select jeex_is_operator()));
create policy users_backup on users for select to jeex_backup using (true);

-- What has to be known before anybody is signed in.
create function find_credentials(wanted text)
returns table (id uuid, role text, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.role, u.password_hash from users u where u.email = wanted and u.is_active
$$;

create function account_role(wanted uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select u.role from users u where u.id = wanted and u.is_active
$$;

create table idempotency_keys (
  actor text not null,
  key text not null,
  request_hash text not null,
  response json,
  created_at timestamptz(3) not null,
  expires_at timestamptz(3) not null default now() + interval '24 hours',
  primary key (actor, key)
);

create index idempotency_keys_expires_at_idx on idempotency_keys (expires_at);

alter table idempotency_keys enable row level security;
create policy idempotency_keys_own on idempotency_keys to jeex_app
  using (actor = (select jeex_user())::text) with check (actor = (select jeex_user())::text);
create policy idempotency_keys_backup on idempotency_keys for select to jeex_backup using (true);

create function forget_idempotency_keys(now_is timestamptz) returns bigint
language sql security definer set search_path = public, pg_temp as $$
  with gone as (delete from idempotency_keys where expires_at <= now_is returning 1)
  select count(*) from gone
$$;

revoke execute on function find_credentials(text), account_role(uuid),
  forget_idempotency_keys(timestamptz) from public;
grant execute on function find_credentials(text), account_role(uuid),
  forget_idempotency_keys(timestamptz) to jeex_app;
grant select, insert on users to jeex_app;
grant update (name, is_active, profile_data, last_login_at) on users to jeex_app;
grant select, insert, update (response) on idempotency_keys to jeex_app;
grant select on users, idempotency_keys to jeex_backup;

-- When the periodic jobs are due.
create table job_schedules (
  name text primary key,
  due_at timestamptz not null
);

grant select, insert, update on job_schedules to jeex_app;

-- Down Migration

drop table job_schedules;
drop function forget_idempotency_keys(timestamptz);
drop table idempotency_keys;
drop function account_role(uuid);
drop function find_credentials(text);
drop table users;
drop function stamp_change();
drop function jeex_is_operator();
drop function jeex_user();
