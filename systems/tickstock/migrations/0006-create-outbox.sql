-- Up Migration

-- What has to be told, written in the transaction of what it tells. The relay gives each message
-- the next number of its channel when it first sees it, so that the numbers are in the order in
-- which the transactions became visible.
create table outbox (
  position bigint generated always as identity primary key,
  id uuid not null unique default uuidv7(),
  channel text not null check (channel ~ '^tickstock\.[a-z_]+\.[a-z_]+$'),
  event_type text not null check (event_type ~ '^[a-z_]+$'),
  payload jsonb not null check (jsonb_typeof(payload) = 'object'),
  created_at timestamptz not null default clock_timestamp(),
  seq bigint check (seq > 0),
  published_at timestamptz,
  constraint outbox_seq_key unique (channel, seq),
  constraint outbox_published check (published_at is null or seq is not null)
-- Every row is changed twice, and no index says whether it was published: with room in its page
-- the second change touches none.
) with (fillfactor = 50);

create index outbox_unnumbered on outbox (position) where seq is null;

-- How far each channel is, so that numbers go on when old messages are swept away.
create table channels (
  channel text primary key check (channel ~ '^tickstock\.[a-z_]+\.[a-z_]+$'),
  last_seq bigint not null default 0 check (last_seq >= 0),
  -- All up to this number were told.
  published_seq bigint not null default 0 check (published_seq between 0 and last_seq),
  -- All up to this number were acknowledged by every group of readers, when the relay last looked.
  read_seq bigint not null default 0 check (read_seq >= 0)
);

-- Wakes the relay when the transaction commits.
create function wake_relay() returns trigger language plpgsql as $$
begin
  notify outbox;
  return null;
end
$$;

create trigger outbox_wakes_relay after insert on outbox
  for each statement execute function wake_relay();

-- Tells something on a channel, once the transaction commits. Gives the message's id.
create function publish_message(p_channel text, p_event_type text, p_payload jsonb) returns uuid
language sql as $$
  insert into outbox (channel, event_type, payload) values ($1, $2, $3) returning id
$$;

grant select, insert, update, delete on outbox, channels to tickstock_producer;
revoke execute on function publish_message from public;
grant execute on function publish_message to tickstock_producer;

-- Down Migration

drop function publish_message;
drop table channels;
drop table outbox;
drop function wake_relay;
