-- Up Migration

-- What is told of a list stays true of it when a program of before writes the list itself: count and
-- times move with the members, as in change_universe. The same symbols again move nothing.
create function keep_metadata() returns trigger language plpgsql as $$
declare
  v_now constant timestamptz := clock_timestamp();
  v_symbols constant text[] := array(
    select distinct symbol from jsonb_array_elements_text(new.symbols) as symbol order by symbol
  );
begin
  if v_symbols is distinct from array(
    select symbol from universe_members
    where cache_key = new.cache_key and valid_to is null order by symbol
  ) then
    new.universe_metadata := new.universe_metadata || jsonb_build_object(
      'count', cardinality(v_symbols),
      'updated', v_now
    );
    new.last_universe_update := v_now at time zone 'UTC';
  end if;
  return new;
end
$$;

-- What is no list is left to the constraint that refuses it.
create trigger cache_entries_dated before insert or update of symbols on cache_entries
  for each row
  when (
    jsonb_typeof(new.symbols) = 'array'
    and new.cache_key is distinct from current_setting('tickstock.universe_under_change', true)
  )
  execute function keep_metadata();

create function weigh_entry() returns trigger language plpgsql as $$
begin
  perform weigh_universe(new.cache_key);
  return null;
end
$$;

-- Triggers run in the order of their names: this one after cache_entries_followed, which makes the
-- members that are weighed.
create trigger cache_entries_weighed after insert or update of symbols on cache_entries
  for each row
  when (
    new.universe_category = 'ETF'
    and new.cache_key is distinct from current_setting('tickstock.universe_under_change', true)
  )
  execute function weigh_entry();

-- Universes that were written so before: the log knows when, and how many members they have.
update cache_entries as entry set
  universe_metadata = entry.universe_metadata || jsonb_build_object(
    'count', (
      select count(*) from universe_members as member
      where member.cache_key = entry.cache_key and valid_to is null
    ),
    'updated', latest.at
  ),
  last_universe_update = latest.at at time zone 'UTC'
from (
  select universe, max(created_at) as at from sync_changes_log group by universe
) as latest
where latest.universe = entry.cache_key and entry.universe_metadata is not null
  and latest.at > entry.last_universe_update at time zone 'UTC';

select weigh_universe(cache_key) from cache_entries where universe_category = 'ETF';

-- Down Migration

drop trigger cache_entries_weighed on cache_entries;
drop function weigh_entry;
drop trigger cache_entries_dated on cache_entries;
drop function keep_metadata;
