-- Up Migration

-- Who may look. The producer knows no users.
create table consumer.users (
  id uuid primary key default uuidv7(),
  email text not null unique,
  name text not null,
  role text not null check (role in ('viewer', 'operator')),
  password_hash text not null,
  active boolean not null default true,
  created_at timestamptz not null default now()
);

-- Every durable message, once: what a page shows and catches up from.
create table consumer.notices (
  channel text not null,
  seq bigint not null check (seq > 0),
  message_id uuid not null unique,
  event_type text not null,
  sent_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  message jsonb not null,
  primary key (channel, seq)
);

create index notices_received on consumer.notices (received_at desc);

-- How far each channel was read: all up to the number is a notice, a dead letter or a gap. Written
-- with the notices, so that neither is without the other.
create table consumer.cursors (
  channel text primary key,
  last_seq bigint not null check (last_seq >= 0)
);

-- What could not be taken in after several tries.
create table consumer.dead_letters (
  channel text not null,
  stream_id text not null,
  reason text not null,
  message text not null,
  created_at timestamptz not null default now(),
  primary key (channel, stream_id)
);

-- Numbers that the stream no longer had when they were to be read.
create table consumer.gaps (
  channel text not null,
  first_seq bigint not null check (first_seq > 0),
  last_seq bigint not null check (last_seq >= first_seq),
  noticed_at timestamptz not null default now(),
  primary key (channel, first_seq)
);

grant select, insert, update, delete
  on consumer.users, consumer.notices, consumer.cursors, consumer.dead_letters, consumer.gaps
  to tickstock_consumer;

-- Down Migration

drop table consumer.gaps;
drop table consumer.dead_letters;
drop table consumer.cursors;
drop table consumer.notices;
drop table consumer.users;
