-- Up Migration

-- Tokens say in which epoch of their account they were given; none of an earlier one counts.
alter table users add column session_epoch integer not null default 0,
  add constraint users_session_epoch check (session_epoch >= 0);

drop function find_credentials(text);
create function find_credentials(wanted text)
returns table (id uuid, role text, session_epoch integer, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.role, u.session_epoch, u.password_hash from users u
  where u.email = wanted and u.is_active
$$;

drop function account_role(uuid);
create function find_account(wanted uuid)
returns table (role text, session_epoch integer)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.role, u.session_epoch from users u where u.id = wanted and u.is_active
$$;

create function end_sessions(wanted uuid) returns void
language sql security definer set search_path = public, pg_temp as $$
  update users set session_epoch = session_epoch + 1 where id = wanted
$$;

revoke execute on function find_credentials(text), find_account(uuid), end_sessions(uuid)
  from public;
grant execute on function find_credentials(text), find_account(uuid), end_sessions(uuid)
  to jeex_app;

-- Down Migration

drop function end_sessions(uuid);
drop function find_account(uuid);
create function account_role(wanted uuid) returns text
language sql stable security definer set search_path = public, pg_temp as $$
  select u.role from users u where u.id = wanted and u.is_active
$$;
drop function find_credentials(text);
create function find_credentials(wanted text)
returns table (id uuid, role text, password_hash text)
language sql stable security definer set search_path = public, pg_temp as $$
  select u.id, u.role, u.password_hash from users u where u.email = wanted and u.is_active
$$;
revoke execute on function find_credentials(text), account_role(uuid) from public;
grant execute on function find_credentials(text), account_role(uuid) to jeex_app;

alter table users drop column session_epoch;
