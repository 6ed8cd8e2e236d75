-- Up Migration

-- Why an ETF does not meet a filter; empty where it does. A field that the filter lacks asks nothing.
create function liquidity_failures(p_filter jsonb, p_etf etf_metadata) returns text[]
language sql immutable as $$
  select case when p_etf.symbol is null then array['no figures are known'] else array_remove(
    array[
      case when p_etf.aum < (p_filter ->> 'min_aum')::numeric then
        format('assets of %s are below %s', trim_scale(p_etf.aum), p_filter ->> 'min_aum') end,
      case when p_etf.avg_volume < (p_filter ->> 'min_volume')::numeric then
        format('a volume of %s is below %s', p_etf.avg_volume, p_filter ->> 'min_volume') end,
      case when p_etf.expense_ratio > (p_filter ->> 'max_expense_ratio')::numeric then
        format(
          'expenses of %s %% are above %s %%',
          trim_scale(p_etf.expense_ratio), p_filter ->> 'max_expense_ratio'
        ) end,
      case when p_etf.liquidity_score < (p_filter ->> 'min_liquidity_score')::numeric then
        format(
          'a liquidity score of %s is below %s',
          trim_scale(p_etf.liquidity_score), p_filter ->> 'min_liquidity_score'
        ) end
    ],
    null
  ) end
$$;

-- Gives the members of a universe of ETFs their weights: the share of the assets of all of them.
create function weigh_universe(p_key text) returns void language sql as $$
  update universe_members as member set weight = share.weight
  from (
    select symbol, round(aum / nullif(sum(aum) over (), 0), 8) as weight
    from universe_members join etf_metadata using (symbol)
    where cache_key = p_key and valid_to is null
  ) as share
  where member.cache_key = p_key and member.symbol = share.symbol and member.valid_to is null
    and member.weight is distinct from share.weight
$$;

-- The one way in which a universe changes: makes it hold exactly these symbols, ends and begins
-- memberships, and logs every change with its reason. Who comes second waits for the first. Input
-- that changes nothing writes nothing.
--
--   p_reasons  reason by symbol; p_reason stands for every other symbol
--   p_category, p_metadata, p_filter  null keeps what is there; `count` and `updated` of the
--              metadata are not given, they are kept here
--   p_details  what else the log keeps of a change, by symbol
create function change_universe(
  p_key text,
  p_symbols text[],
  p_change_type text,
  p_reason text,
  p_run_id uuid default null,
  p_category text default null,
  p_metadata jsonb default null,
  p_filter jsonb default null,
  p_reasons jsonb default '{}',
  p_details jsonb default '{}'
) returns jsonb language plpgsql as $$
declare
  v_now timestamptz;
  v_entry cache_entries;
  v_metadata jsonb;
  v_symbols jsonb;
  v_created boolean;
  v_added text[];
  v_removed text[];
  v_action text;
begin
  insert into cache_entries (cache_key) values (p_key) on conflict (cache_key) do nothing;
  v_created := found;
  select * into v_entry from cache_entries where cache_key = p_key for update;
  -- Read after the lock: the time of a change comes after that of the change it waited for.
  v_now := clock_timestamp();
  v_metadata := coalesce(p_metadata, v_entry.universe_metadata) - '{count,updated}'::text[];

  select coalesce(array_agg(symbol order by symbol), '{}') into v_added
  from (
    select distinct unnest(p_symbols) as symbol
    except
    select symbol from universe_members where cache_key = p_key and valid_to is null
  ) as gained;
  select coalesce(array_agg(symbol order by symbol), '{}') into v_removed
  from (
    select symbol from universe_members where cache_key = p_key and valid_to is null
    except
    select unnest(p_symbols)
  ) as lost;

  if v_created then
    v_action := 'created';
  elsif v_added = '{}' and v_removed = '{}'
    and (p_category is null or p_category is not distinct from v_entry.universe_category)
    and v_metadata is not distinct from v_entry.universe_metadata - '{count,updated}'::text[]
    and (p_filter is null or p_filter is not distinct from v_entry.liquidity_filter)
  then
    v_action := 'unchanged';
  else
    v_action := 'updated';
  end if;

  if v_action <> 'unchanged' then
    update universe_members set valid_to = v_now
    where cache_key = p_key and valid_to is null and symbol = any (v_removed);
    insert into universe_members (cache_key, symbol, valid_from)
    select p_key, symbol, v_now from unnest(v_added) as symbol;
    insert into sync_changes_log (
      run_id, change_type, universe, symbol, action, reason, metadata, created_at
    )
    select p_run_id, p_change_type, p_key, symbol, action,
      coalesce(p_reasons ->> symbol, p_reason), coalesce(p_details -> symbol, '{}'), v_now
    from (
      select unnest(v_removed) as symbol, 'removed' as action
      union all
      select unnest(v_added), 'added'
    ) as change;
    select coalesce(jsonb_agg(symbol order by symbol), '[]') into v_symbols
    from universe_members where cache_key = p_key and valid_to is null;
    -- The memberships are changed already: there is nothing for follow_entry to follow.
    perform set_config('tickstock.universe_under_change', p_key, true);
    update cache_entries set
      symbols = v_symbols,
      universe_category = coalesce(p_category, universe_category),
      universe_metadata = v_metadata || jsonb_build_object(
        'count', jsonb_array_length(v_symbols),
        'updated', v_now
      ),
      liquidity_filter = coalesce(p_filter, liquidity_filter),
      last_universe_update = v_now at time zone 'UTC',
      updated_at = v_now
    where cache_key = p_key;
    perform set_config('tickstock.universe_under_change', '', true);
    if coalesce(p_category, v_entry.universe_category) = 'ETF' then
      perform weigh_universe(p_key);
    end if;
  end if;

  return jsonb_build_object(
    'action', v_action,
    'cache_key', p_key,
    'symbols_count', (
      select count(*) from universe_members where cache_key = p_key and valid_to is null
    ),
    'added_count', cardinality(v_added),
    'removed_count', cardinality(v_removed),
    'symbols_added', to_jsonb(v_added),
    'symbols_removed', to_jsonb(v_removed),
    'timestamp', to_jsonb(v_now)
  );
end
$$;

-- Who writes the list of an entry itself, as was done before there were memberships, changes the
-- memberships and the log with it.
create function follow_entry() returns trigger language plpgsql as $$
declare
  v_now constant timestamptz := clock_timestamp();
begin
  with gained as (
    select jsonb_array_elements_text(new.symbols) as symbol
    except
    select symbol from universe_members where cache_key = new.cache_key and valid_to is null
  ), lost as (
    select symbol from universe_members where cache_key = new.cache_key and valid_to is null
    except
    select jsonb_array_elements_text(new.symbols)
  ), ended as (
    update universe_members as member set valid_to = v_now from lost
    where member.cache_key = new.cache_key and member.symbol = lost.symbol
      and member.valid_to is null
  ), begun as (
    insert into universe_members (cache_key, symbol, valid_from)
    select new.cache_key, symbol, v_now from gained
  )
  insert into sync_changes_log (change_type, universe, symbol, action, reason, created_at)
  select 'manual', new.cache_key, symbol, action, 'written to cache_entries', v_now
  from (
    select symbol, 'removed' as action from lost
    union all
    select symbol, 'added' from gained
    order by action desc, symbol
  ) as change;
  return null;
end
$$;

create trigger cache_entries_followed after insert or update of symbols on cache_entries
  for each row
  when (new.cache_key is distinct from current_setting('tickstock.universe_under_change', true))
  execute function follow_entry();

-- Lists that are there already get their memberships.
update cache_entries set symbols = symbols;

-- Makes the universe of an ETF theme hold exactly these symbols.
create function update_etf_universe(p_theme text, p_symbols jsonb, p_metadata jsonb)
returns jsonb language sql as $$
  select change_universe(
    'etf_' || p_theme,
    (select coalesce(array_agg(symbol), '{}') from jsonb_array_elements_text(p_symbols) as symbol),
    'expansion',
    'given by update_etf_universe',
    p_category => 'ETF',
    p_metadata => p_metadata
  )
$$;

-- The universe of an ETF theme; with the filter only those of its symbols that meet it today.
create function get_etf_universe(p_theme text, p_apply_filter boolean default true)
returns jsonb language sql stable as $$
  select coalesce(
    (
      select jsonb_build_object(
        'cache_key', entry.cache_key,
        'symbols', case when p_apply_filter and entry.liquidity_filter is not null then (
          select coalesce(jsonb_agg(member.symbol order by member.symbol), '[]')
          from jsonb_array_elements_text(entry.symbols) as member (symbol)
          join etf_metadata as etf on etf.symbol = member.symbol
          where liquidity_failures(entry.liquidity_filter, etf) = '{}'
        ) else entry.symbols end,
        'metadata', entry.universe_metadata,
        'liquidity_filter', entry.liquidity_filter,
        'last_updated', to_jsonb(entry.last_universe_update at time zone 'UTC'),
        'filtered', p_apply_filter and entry.liquidity_filter is not null
      )
      from cache_entries as entry
      where entry.cache_key = 'etf_' || p_theme and entry.universe_category = 'ETF'
    ),
    jsonb_build_object('error', format('no universe for the theme %L', p_theme))
  )
$$;

create function get_etf_universes_summary()
returns table (
  theme text,
  symbol_count integer,
  last_updated timestamp,
  focus text,
  criteria jsonb,
  symbols_sample jsonb
) language sql stable as $$
  select
    substr(cache_key, 5),
    jsonb_array_length(symbols),
    last_universe_update,
    universe_metadata ->> 'focus',
    universe_metadata -> 'criteria',
    (
      select coalesce(jsonb_agg(sample.symbol order by sample.place), '[]')
      from jsonb_array_elements_text(symbols) with ordinality as sample (symbol, place)
      where sample.place <= 5
    )
  from cache_entries
  where universe_category = 'ETF' and cache_key like 'etf\_%'
  order by cache_key
$$;

-- What is known of every member of every ETF universe.
create function validate_etf_universe_symbols()
returns table (
  universe_key text,
  symbol text,
  exists_in_symbols boolean,
  symbol_type text,
  active_status boolean
) language sql stable as $$
  select entry.cache_key, member.symbol, known.symbol is not null, known.type, known.active
  from cache_entries as entry
  cross join jsonb_array_elements_text(entry.symbols) as member (symbol)
  left join symbols as known on known.symbol = member.symbol
  where entry.universe_category = 'ETF'
  order by entry.cache_key, member.symbol
$$;

revoke execute on function change_universe, weigh_universe, update_etf_universe from public;
grant execute on function change_universe, weigh_universe, update_etf_universe
  to tickstock_producer;

-- Down Migration

drop function validate_etf_universe_symbols;
drop function get_etf_universes_summary;
drop function get_etf_universe;
drop function update_etf_universe;
drop trigger cache_entries_followed on cache_entries;
drop function follow_entry;
drop function change_universe;
drop function weigh_universe;
drop function liquidity_failures;
