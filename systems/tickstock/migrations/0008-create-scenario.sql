-- Up Migration

-- Synthetic data, apart from the data of the market: no row of it can be taken for a real one.
create table scenario.test_scenarios (
  name text primary key,
  seed bigint not null,
  config jsonb not null,
  -- What was declared and what was measured, by outcome.
  outcomes jsonb not null,
  -- Candlestick patterns that were planted, with their dates.
  patterns jsonb not null default '[]',
  generated_at timestamptz not null default now()
);

create table scenario.bars (
  symbol text not null check (symbol like 'TEST\_%'),
  scenario text not null references scenario.test_scenarios on delete cascade,
  date date not null,
  open numeric(14, 4) not null,
  high numeric(14, 4) not null,
  low numeric(14, 4) not null,
  close numeric(14, 4) not null,
  volume bigint not null check (volume >= 0),
  primary key (symbol, date),
  constraint bars_prices check (
    low > 0 and low <= least(open, close) and high >= greatest(open, close)
  )
);

create index bars_scenario on scenario.bars (scenario, date);

grant select, insert, update, delete on scenario.test_scenarios, scenario.bars
  to tickstock_producer;
grant select on scenario.test_scenarios, scenario.bars to tickstock_consumer;

-- Down Migration

drop table scenario.bars;
drop table scenario.test_scenarios;
