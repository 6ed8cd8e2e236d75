-- Up Migration

-- Statements that name only the columns of before still work.
alter table cache_entries
  add column if not exists universe_category varchar(50),
  add column if not exists liquidity_filter jsonb,
  add column if not exists universe_metadata jsonb,
  add column if not exists last_universe_update timestamp;

-- What is there already was updated when it was, not now.
update cache_entries set last_universe_update = updated_at at time zone 'UTC'
where last_universe_update is null;
alter table cache_entries alter column last_universe_update set default current_timestamp;

create index if not exists idx_cache_entries_category on cache_entries (universe_category);
create index if not exists idx_cache_entries_updated on cache_entries (last_universe_update desc);
create index if not exists idx_cache_entries_liquidity on cache_entries using gin (liquidity_filter)
  where universe_category = 'ETF';

-- Down Migration

drop index idx_cache_entries_liquidity;
drop index idx_cache_entries_updated;
drop index idx_cache_entries_category;
alter table cache_entries
  drop column last_universe_update,
  drop column universe_metadata,
  drop column liquidity_filter,
  drop column universe_category;
