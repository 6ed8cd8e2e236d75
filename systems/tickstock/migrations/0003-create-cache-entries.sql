-- Up Migration

-- Named lists of symbols, as they were before there were universes of ETFs.
create table cache_entries (
  id bigint generated always as identity primary key,
  cache_key text not null unique check (cache_key ~ '^[a-z][a-z0-9_]{0,79}$'),
  symbols jsonb not null default '[]' check (jsonb_typeof(symbols) = 'array'),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

grant select, insert, update, delete on cache_entries to tickstock_producer;
grant select on cache_entries to tickstock_consumer;

-- Down Migration

drop table cache_entries;
