-- Up Migration

-- What happened, written in the transaction in which it did. The relay gives each event the next
-- number of its ecosystem when it first sees it, so that numbers have no gap and are in the order
-- in which transactions became visible, and no transaction waits for another to get one.
create table events (
  id uuid primary key default uuidv7(),
  -- The order in which events are given their numbers.
  position bigint not null generated always as identity,
  ecosystem_id uuid not null references ecosystems on delete cascade,
  type text not null check (type ~ '^[a-z_]+$'),
  data jsonb not null check (jsonb_typeof(data) = 'object'),
  created_at timestamptz not null default clock_timestamp(),
  seq bigint check (seq > 0),
  -- When it got its number: from then on it can be read, and is told.
  published_at timestamptz,
  constraint events_published check ((published_at is null) = (seq is null))
);

create index events_unnumbered on events (position) where seq is null;
-- Keeps a number from being given twice, and gives the feed the latest first.
create unique index idx_event_feed on events (ecosystem_id, seq desc);

-- Wakes the relay when the transaction commits.
create function wake_event_relay() returns trigger language plpgsql as $$
begin
  notify events;
  return null;
end
$$;

create trigger events_wake_relay after insert on events
  for each statement execute function wake_event_relay();

grant select, insert, update, delete on events to observatory_app;

-- Down Migration

drop table events;
drop function wake_event_relay;
