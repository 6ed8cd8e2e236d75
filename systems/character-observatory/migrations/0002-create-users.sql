-- Up Migration

create table users (
  id uuid primary key default uuidv7(),
  email text not null constraint users_email_key unique,
  username text not null constraint users_username_key unique check (username <> ''),
  password_hash text not null,
  role text not null default 'user' check (role in ('user', 'operator')),
  is_active boolean not null default true,
  created_at timestamptz not null default now()
);

-- Servers keep the roles of those who are signed in; the relay tells them of a change.
create function tell_account() returns trigger language plpgsql as $$
begin
  perform pg_notify('accounts', old.id::text);
  return null;
end
$$;

create trigger users_tell_account after update of role, is_active or delete on users
  for each row execute function tell_account();

create table ecosystems (
  id uuid primary key default uuidv7(),
  name text not null check (length(name) between 1 and 255),
  description text not null default '',
  owner_id uuid not null references users,
  -- allow_autonomous, interaction_cooldown (seconds), energy_regen (a factor).
  settings jsonb not null
    default '{"allow_autonomous": false, "interaction_cooldown": 0, "energy_regen": 1}'
    check (jsonb_typeof(settings) = 'object'),
  is_active boolean not null default true,
  -- Whether what its characters do by themselves stands still.
  is_paused boolean not null default false,
  -- The last number that an event of the ecosystem was given.
  last_seq bigint not null default 0 check (last_seq >= 0),
  -- The last of them that Redis was told of.
  told_seq bigint not null default 0,
  created_at timestamptz not null default now(),
  constraint ecosystems_told check (told_seq between 0 and last_seq)
);

create index ecosystems_owner on ecosystems (owner_id);

create table ecosystem_members (
  ecosystem_id uuid not null references ecosystems on delete cascade,
  user_id uuid not null references users on delete cascade,
  role text not null check (role in ('owner', 'editor', 'viewer')),
  primary key (ecosystem_id, user_id)
);

create index ecosystem_members_user on ecosystem_members (user_id);

grant select, insert, update, delete on users, ecosystems, ecosystem_members to observatory_app;

-- Down Migration

drop table ecosystem_members;
drop table ecosystems;
drop table users;
drop function tell_account;
