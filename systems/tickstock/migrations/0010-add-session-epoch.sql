-- Up Migration

-- Tokens say in which epoch of their account they were given; none of an earlier one counts.
alter table consumer.users
  add column session_epoch integer not null default 0 check (session_epoch >= 0);

-- Down Migration

alter table consumer.users drop column session_epoch;
