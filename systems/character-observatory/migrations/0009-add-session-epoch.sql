-- Up Migration

-- Tokens say in which epoch of their account they were given; none of an earlier one counts.
alter table users
  add column session_epoch integer not null default 0 check (session_epoch >= 0);

drop trigger users_tell_account on users;
create trigger users_tell_account after update of role, is_active, session_epoch or delete on users
  for each row execute function tell_account();

-- Down Migration

drop trigger users_tell_account on users;
create trigger users_tell_account after update of role, is_active or delete on users
  for each row execute function tell_account();

alter table users drop column session_epoch;
