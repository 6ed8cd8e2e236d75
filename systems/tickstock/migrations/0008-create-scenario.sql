-- Up Migration

-- Synthetic data, apart from the data of the market: no row of it can be taken for a real one.
create table scenario.test_scenarios (
  -- TEST_CRASH_2020, or with a suffix TEST_CRASH_2020_B, so that a scenario is there several times.
  symbol text primary key references symbols on delete cascade,
  name text not null check (name ~ '^[a-z][a-z0-9_]*$'),
  seed bigint not null check (seed >= 0),
  config jsonb not null,
  -- What was declared and what was measured, by outcome.
  outcomes jsonb not null,
  -- Candlestick patterns that were planted, with their dates.
  patterns jsonb not null default '[]',
  generated_at timestamptz not null default now(),
  constraint test_scenarios_symbol check (
    symbol = 'TEST_' || upper(name) or starts_with(symbol, 'TEST_' || upper(name) || '_')
  )
);

create table scenario.bars (
  symbol text not null references scenario.test_scenarios on delete cascade,
  date date not null,
  open numeric(14, 2) not null,
  high numeric(14, 2) not null,
  low numeric(14, 2) not null,
  close numeric(14, 2) not null,
  volume bigint not null check (volume >= 0),
  primary key (symbol, date),
  constraint bars_test_prefix check (symbol like 'TEST\_%'),
  constraint bars_prices check (
    low > 0 and low <= least(open, close) and high >= greatest(open, close)
  )
);

-- The minutes of single days, since the open at 9:30 of New York.
create table scenario.minute_bars (
  symbol text not null,
  date date not null,
  minute smallint not null check (minute between 0 and 389),
  open numeric(14, 2) not null,
  high numeric(14, 2) not null,
  low numeric(14, 2) not null,
  close numeric(14, 2) not null,
  volume bigint not null check (volume >= 0),
  primary key (symbol, date, minute),
  foreign key (symbol, date) references scenario.bars on delete cascade,
  constraint minute_bars_prices check (
    low > 0 and low <= least(open, close) and high >= greatest(open, close)
  )
);

grant select, insert, update, delete
  on scenario.test_scenarios, scenario.bars, scenario.minute_bars to tickstock_producer;
grant select
  on scenario.test_scenarios, scenario.bars, scenario.minute_bars to tickstock_consumer;

-- Down Migration

drop table scenario.minute_bars;
drop table scenario.bars;
drop table scenario.test_scenarios;
