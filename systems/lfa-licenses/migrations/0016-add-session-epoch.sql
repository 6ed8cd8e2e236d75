-- Up Migration

-- Tokens say in which epoch of their account they were given; none of an earlier one counts.
alter table users add column session_epoch integer not null default 0,
  add constraint users_session_epoch_not_negative check (session_epoch >= 0);

grant update (session_epoch) on users to lfa_app;

-- Down Migration

alter table users drop column session_epoch;
