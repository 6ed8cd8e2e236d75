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

grant select, insert, update, delete on symbols, etf_metadata, historical_data
  to tickstock_producer;
grant select on symbols, etf_metadata, historical_data to tickstock_consumer;

-- Down Migration

drop table historical_data;
drop table etf_metadata;
drop table symbols;
