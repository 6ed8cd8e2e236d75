import { claim, type Sql } from 'etalon'
import { refusals, wronglyAnswered } from '../database-refusal.ts'
import { columnsOf } from '../table-column.ts'

/** Lists ETFs that no other claim knows, without any figures. */
async function listEtfs(sql: Sql, ...symbols: readonly string[]): Promise<void> {
  await sql.run(
    `insert into symbols (symbol, name, type, initial_load_date)
     select symbol, 'Fund ' || symbol, 'ETF', '2026-01-02' from unnest($1::text[]) as symbol
     on conflict do nothing`,
    [symbols],
  )
}

claim('TICK-DB-08', async ({ system, sql, prove }) => {
  prove('its columns', await columnsOf(sql, 'etf_metadata')).holds({
    symbol: 'text not null',
    name: 'text not null',
    aum: 'numeric(20,2) not null',
    expense_ratio: 'numeric(6,4) not null',
    avg_volume: 'bigint not null',
    underlying_index: 'text',
    focus: 'text',
    inception_date: 'date',
    dividend_yield: 'numeric(6,4)',
    source: 'text not null',
    as_of: 'timestamp with time zone not null',
  })
  await listEtfs(sql, 'ZZBA')
  const figures = {
    symbol: "'ZZBA'",
    name: "'A fund'",
    aum: '1000000000',
    expense_ratio: '0.09',
    avg_volume: '5000000',
    liquidity_score: '70',
    source: "'synthetic'",
    as_of: 'now()',
  }
  const insert = (changed: Partial<typeof figures> = {}): string => {
    const row = Object.entries({ ...figures, ...changed })
    return `insert into etf_metadata (${row.map(([name]) => name).join()})
      values (${row.map(([, value]) => value).join()})`
  }
  const wrong = await wronglyAnswered(system.sqlAs('producer'), [
    ['an ETF', insert(), 'accepted'],
    ['one that is not listed', insert({ symbol: "'ZZBZ'" }), refusals.foreignKey],
    ['negative assets', insert({ aum: '-1' }), refusals.check],
    ['negative expenses', insert({ expense_ratio: '-0.01' }), refusals.check],
    ['a negative volume', insert({ avg_volume: '-1' }), refusals.check],
    ['a score of 101', insert({ liquidity_score: '101' }), refusals.check],
    ['nobody who told it', insert({ source: 'null' }), refusals.notNull],
    ['no time at which it was told', insert({ as_of: 'null' }), refusals.notNull],
  ])
  prove('figures of 8 that were wrongly answered', wrong).isEmpty()
})

claim('TICK-DB-09', async ({ system, sql, prove }) => {
  prove('its columns', await columnsOf(sql, 'historical_data')).holds({
    symbol: 'text not null',
    date: 'date not null',
    open: 'numeric(14,4) not null',
    high: 'numeric(14,4) not null',
    low: 'numeric(14,4) not null',
    close: 'numeric(14,4) not null',
    volume: 'bigint not null',
  })
  await listEtfs(sql, 'ZZCA')
  await sql.run(
    `insert into symbols (symbol, name, type, initial_load_date)
     values ('TEST_ZZCA', 'Synthetic', 'TEST', '2026-01-02') on conflict do nothing`,
  )
  const bar = (prices: string, symbol = 'ZZCA'): string =>
    `insert into historical_data (symbol, date, open, high, low, close, volume)
     values ('${symbol}', '2026-01-02', ${prices})`
  const wrong = await wronglyAnswered(system.sqlAs('producer'), [
    ['open, high, low, close', bar('10, 12, 9, 11, 1000'), 'accepted'],
    ['all prices the same', bar('10, 10, 10, 10, 0'), 'accepted'],
    ['a low above the open', bar('10, 12, 10.5, 11, 1000'), refusals.check],
    ['a low above the close', bar('11, 12, 10.5, 10, 1000'), refusals.check],
    ['a high below the close', bar('10, 10.5, 9, 11, 1000'), refusals.check],
    ['a high below the open', bar('11, 10.5, 9, 10, 1000'), refusals.check],
    ['a price of nothing', bar('10, 12, 0, 11, 1000'), refusals.check],
    ['negative prices', bar('-10, -9, -12, -11, 1000'), refusals.check],
    ['a negative volume', bar('10, 12, 9, 11, -1'), refusals.check],
    ['no close', bar('10, 12, 9, null, 1000'), refusals.notNull],
    ['a symbol that is not listed', bar('10, 12, 9, 11, 1000', 'ZZCZ'), refusals.foreignKey],
    ['a synthetic symbol', bar('10, 12, 9, 11, 1000', 'TEST_ZZCA'), refusals.check],
    [
      'a day twice',
      `${bar('10, 12, 9, 11, 1000')}; ${bar('10, 12, 9, 11, 1000')}`,
      refusals.unique,
    ],
  ])
  prove('bars of 13 that were wrongly answered', wrong).isEmpty()
})

claim('TICK-DB-12', async ({ system, sql, prove }) => {
  prove('its columns', await columnsOf(sql, 'etf_relationships')).holds({
    symbol: 'text not null',
    benchmark: 'text not null',
    window_days: 'integer not null',
    correlation: 'numeric(7,6) not null',
    as_of: 'date not null',
  })
  await listEtfs(sql, 'ZZDA', 'ZZDB')
  const pair = (symbol: string, benchmark: string, days: number, correlation: number): string =>
    `insert into etf_relationships
       (symbol, benchmark, window_days, correlation, told_correlation, as_of)
     values ('${symbol}', '${benchmark}', ${days}, ${correlation}, 0, '2026-01-02')`
  const good = pair('ZZDA', 'ZZDB', 60, -1)
  const wrong = await wronglyAnswered(system.sqlAs('producer'), [
    ['a pair', good, 'accepted'],
    ['a pair over two windows', `${good}; ${pair('ZZDA', 'ZZDB', 252, 1)}`, 'accepted'],
    ['a pair twice over one', `${good}; ${good}`, refusals.unique],
    ['a correlation of 1.01', pair('ZZDA', 'ZZDB', 60, 1.01), refusals.check],
    ['one of -1.01', pair('ZZDA', 'ZZDB', 60, -1.01), refusals.check],
    ['a window of one day', pair('ZZDA', 'ZZDB', 1, 0.5), refusals.check],
    ['a benchmark that is not listed', pair('ZZDA', 'ZZDZ', 60, 0.5), refusals.foreignKey],
  ])
  prove('pairs of 7 that were wrongly answered', wrong).isEmpty()
})

claim('TICK-DB-14', async ({ system, sql, random, prove }) => {
  const key = `past_${random.text(8)}`
  const producer = system.sqlAs('producer')
  const lists = [['AAA', 'BBB'], ['BBB', 'CCC'], ['CCC'], ['AAA', 'BBB', 'CCC']]
  // As text: a Date has no microseconds, and two changes may come in one millisecond.
  const instants: string[] = []
  for (const symbols of lists) {
    await producer.run("select change_universe($1, $2, 'manual', 'a claim')", [key, symbols])
    instants.push(await sql.value<string>('select clock_timestamp()::text'))
  }
  const told: unknown[] = []
  for (const at of instants) {
    told.push(
      await sql.value(
        `select array_agg(symbol order by symbol) from universe_members
         where cache_key = $1 and valid_from <= $2 and (valid_to > $2 or valid_to is null)`,
        [key, at],
      ),
    )
  }
  prove('members after each of 4 changes, asked for at the end', told).equals(lists)
  const looked = await sql.rows<{ held: string }>(
    `select case when valid_to is null then 'holds' else 'ended' end as held
     from universe_members where symbol = 'AAA' and cache_key = $1 order by valid_from`,
    [key],
  )
  prove(
    'memberships of one symbol',
    looked.map(({ held }) => held),
  ).equals(['ended', 'holds'])
  prove('its columns', await columnsOf(sql, 'universe_members')).holds({
    weight: 'numeric(9,8)',
    valid_from: 'timestamp with time zone not null',
    valid_to: 'timestamp with time zone',
  })
  const member = (symbol: string, until: string): string =>
    `insert into universe_members (cache_key, symbol, valid_from, valid_to)
     values ('${key}', '${symbol}', now(), ${until})`
  const wrong = await wronglyAnswered(producer, [
    ['a new member', member('ZZZ', 'null'), 'accepted'],
    ['somebody who is a member already', member('AAA', 'null'), refusals.unique],
    ['a membership that ends before it begins', member('ZZZ', "'2020-01-01'"), refusals.check],
    ['a synthetic symbol', member('TEST_ZZZ', 'null'), refusals.check],
  ])
  prove('memberships of 4 that were wrongly answered', wrong).isEmpty()
})
