-- Up Migration

create table symbols (
  symbol text primary key check (symbol ~ '^[A-Z][A-Z0-9._]{0,39}$'),
  name text not null,
  type text not null check (type in ('CS', 'ETF', 'TEST')),
  sector text,
  industry text,
  -- US dollars.
  market_cap numeric(20, 2) check (market_cap >= 0),
  active boolean not null default true,
  initial_load_date date not null,
  delisted_at timestamptz,
  -- The provider that told it, and when.
  source text not null default 'synthetic',
  as_of timestamptz not null default now(),
  constraint symbols_test_prefix check ((type = 'TEST') = (symbol like 'TEST\_%')),
  constraint symbols_delisted_inactive check (delisted_at is null or not active)
);

create index symbols_market_cap on symbols (market_cap desc, symbol) where type = 'CS' and active;
create index symbols_initial_load on symbols (initial_load_date) where active;
create index symbols_delisted on symbols (delisted_at) where delisted_at is not null;

create table etf_metadata (
  symbol text primary key references symbols on delete cascade,
  name text not null,
  aum numeric(20, 2) not null check (aum >= 0),
  -- Percent a year.
  expense_ratio numeric(6, 4) not null check (expense_ratio >= 0),
  -- Shares a day.
  avg_volume bigint not null check (avg_volume >= 0),
  liquidity_score numeric(5, 2) not null check (liquidity_score between 0 and 100),
  underlying_index text,
  focus text,
  inception_date date,
  dividend_yield numeric(6, 4),
  source text not null,
  as_of timestamptz not null
);

-- Daily bars of the market. Synthetic bars have a schema of their own.
create table historical_data (
  symbol text not null references symbols,
  date date not null,
  open numeric(14, 4) not null,
  high numeric(14, 4) not null,
  low numeric(14, 4) not null,
  close numeric(14, 4) not null,
  volume bigint not null check (volume >= 0),
  source text not null default 'synthetic',
  primary key (symbol, date),
  constraint historical_data_prices check (
    low > 0 and low <= least(open, close) and high >= greatest(open, close)
  ),
  constraint historical_data_live check (symbol not like 'TEST\_%')
);

-- What a page tells of the latest bars of a symbol. Kept as bars are written, which is once a day:
-- whoever looks at a universe reads a row of each member instead of its last 21 bars.
create table last_prices (
  symbol text primary key references symbols on delete cascade,
  last_close numeric not null,
  -- 0.05 is five percent in twenty trading days; none where there are fewer bars.
  return_20d numeric
);

create function keep_last_prices() returns trigger language plpgsql as $$
begin
  -- Who writes bars of the same symbol at the same time waits here, and sees the other's bars below.
  perform from symbols where symbol in (select symbol from written)
  order by symbol for no key update;
  with latest as (
    select written.symbol, price.closes
    from (select distinct symbol from written) as written
    cross join lateral (
      select array_agg(close order by date desc) as closes
      from (
        select close, date from historical_data where symbol = written.symbol
        order by date desc limit 21
      ) as bar
    ) as price
  ), gone as (
    delete from last_prices using latest
    where last_prices.symbol = latest.symbol and latest.closes is null
  )
  insert into last_prices (symbol, last_close, return_20d)
  select symbol, closes[1], round(closes[1] / closes[21] - 1, 6) from latest
  where closes is not null
  on conflict (symbol) do update
  set last_close = excluded.last_close, return_20d = excluded.return_20d
  where (last_prices.last_close, last_prices.return_20d)
    is distinct from (excluded.last_close, excluded.return_20d);
  return null;
end
$$;

create trigger bars_added after insert on historical_data
  referencing new table as written for each statement execute function keep_last_prices();
create trigger bars_corrected after update on historical_data
  referencing new table as written for each statement execute function keep_last_prices();
create trigger bars_taken_away after delete on historical_data
  referencing old table as written for each statement execute function keep_last_prices();

grant select, insert, update, delete on symbols, etf_metadata, historical_data, last_prices
  to tickstock_producer;
grant select on symbols, etf_metadata, historical_data, last_prices to tickstock_consumer;

-- Down Migration

drop table last_prices;
drop table historical_data;
drop function keep_last_prices;
drop table etf_metadata;
drop table symbols;
