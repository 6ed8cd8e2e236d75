import { claim, readSchema, type Sql } from 'etalon'
import { refusals, wronglyAnswered, type Attempt } from '../database-refusal.ts'
import {
  allScenarios,
  knownSuffix,
  loadAs,
  loadKnown,
  symbolOf,
  tickstock,
} from '../scenario-command.ts'

const timeoutMs = 120_000

claim('TICK-SCN-01', { timeoutMs }, async ({ system, sql, random, prove }) => {
  await putMarket(sql, `M${random.text(6).toUpperCase()}`)
  const before = await fingerprints(sql)
  const rows = before.reduce((sum, table) => sum + table.rows, 0)
  prove('rows of the market beforehand', rows).isAtLeast(7)
  prove('exit code of loading', await loadAs(system, 'APART')).equals(0)
  const codes: number[] = []
  for (const words of [
    ['scenario', 'validate', ...allScenarios.map((name) => symbolOf(name, 'APART'))],
    ['pattern', 'find', symbolOf('candle_patterns', 'APART')],
  ]) {
    codes.push((await tickstock(system, words)).code)
  }
  prove('exit codes of validating and finding', codes).equals([0, 0])
  prove('the tables of the market afterwards', await fingerprints(sql)).equals(before)
})

claim('TICK-SCN-07', { timeoutMs }, async ({ system, sql, prove }) => {
  prove('exit code of loading', await loadKnown(system)).equals(0)
  const listed = await sql.rows<{ symbol: string; type: string }>(
    `select symbol, type from symbols where symbol like 'TEST%KNOWN' order by symbol`,
  )
  prove('test symbols', listed).equals(
    allScenarios
      .map((name) => ({ symbol: symbolOf(name, knownSuffix), type: 'TEST' }))
      .toSorted((a, b) => (a.symbol < b.symbol ? -1 : 1)),
  )
  const [symbol = ''] = listed.map((row) => row.symbol)
  const producer = system.sqlAs('producer')
  await producer.run(`select update_etf_universe('bonds', '["AGG"]', '{}')`)
  const wrong = await wronglyAnswered(producer, [
    [
      'by the function of the universes',
      `select update_etf_universe('bonds', '["AGG", "${symbol}"]', '{}')`,
      refusals.check,
    ],
    [
      'among the symbols of a list',
      `insert into cache_entries (cache_key, symbols) values ('shares', '["AAPL", "${symbol}"]')`,
      refusals.check,
    ],
    [
      'as a member',
      `insert into universe_members (cache_key, symbol, valid_from)
       values ('etf_bonds', '${symbol}', now())`,
      refusals.check,
    ],
    [
      'as a share from now on',
      `update symbols set type = 'CS' where symbol = '${symbol}'`,
      refusals.check,
    ],
    [
      'in a universe for tests',
      `insert into cache_entries (cache_key, symbols) values ('test_shares', '["${symbol}"]')`,
      'accepted',
    ],
  ])
  prove('ways for a test symbol into a live universe', wrong).isEmpty()
  prove('suffix that is none', await loadAs(system, 'no-suffix', 'crash_2020')).equals(1)
})

claim('TICK-DB-10', { timeoutMs }, async ({ system, sql, prove }) => {
  prove('exit code of loading', await loadKnown(system)).equals(0)
  const kept = await sql.one<Record<string, unknown>>(
    `select name, seed, config, jsonb_array_length(outcomes) as outcomes,
       abs(extract(epoch from generated_at - now())) < 600 as generated_now
     from scenario.test_scenarios where symbol = $1`,
    [symbolOf('crash_2020', knownSuffix)],
  )
  prove('what is kept of a scenario', kept).holds({
    name: 'crash_2020',
    seed: 42,
    outcomes: 4,
    generated_now: true,
  })
  prove('its configuration', kept['config'] as object).satisfies(
    'first day, days and base price',
    (config) => JSON.stringify(config).includes('"days":252'),
  )
  const { tables } = await readSchema(sql, 'scenario')
  prove('tables of the schema for synthetic data', tables).equals([
    'bars',
    'minute_bars',
    'test_scenarios',
  ])
  const test = symbolOf('crash_2020', knownSuffix)
  const byProducer = await wronglyAnswered(system.sqlAs('producer'), producerWrites(test))
  prove('what the producer may and may not write', byProducer).isEmpty()
  const byConsumer = await wronglyAnswered(system.sqlAs('consumer'), consumerAttempts(test))
  prove('what the consumer may and may not do', byConsumer).isEmpty()
})

function producerWrites(test: string): readonly Attempt[] {
  return [
    [
      'synthetic bars among those of the market',
      `insert into historical_data (symbol, date, open, high, low, close, volume)
       select symbol, date, open, high, low, close, volume from scenario.bars
       where symbol = '${test}'`,
      refusals.check,
    ],
    [
      'a live symbol among the synthetic ones',
      `insert into scenario.test_scenarios (symbol, name, seed, config, outcomes)
       values ('AAPL', 'crash_2020', 42, '{}', '[]')`,
      refusals.check,
    ],
    [
      'a low above the open',
      `update scenario.bars set low = open + 1 where symbol = '${test}'`,
      refusals.check,
    ],
    [
      'another volume',
      `update scenario.bars set volume = volume + 1 where symbol = '${test}'`,
      'accepted',
    ],
  ]
}

function consumerAttempts(test: string): readonly Attempt[] {
  return [
    ['a look', `select count(*) from scenario.bars where symbol = '${test}'`, 'accepted'],
    [
      'a change',
      `update scenario.bars set volume = 0 where symbol = '${test}'`,
      refusals.forbidden,
    ],
    [
      'a scenario less',
      `delete from scenario.test_scenarios where symbol = '${test}'`,
      refusals.forbidden,
    ],
    [
      'minutes of its own',
      `insert into scenario.minute_bars
       select symbol, date, 0, open, high, low, close, volume from scenario.bars`,
      refusals.forbidden,
    ],
  ]
}

/** A share, its bars, its fund and their universes, so that there is something to be spared. */
async function putMarket(sql: Sql, symbol: string): Promise<void> {
  await sql.run(
    `insert into symbols (symbol, name, type, initial_load_date)
     values ($1, 'A share', 'CS', '2020-01-02'), ($1 || 'F', 'A fund', 'ETF', '2020-01-02')`,
    [symbol],
  )
  await sql.run(
    `insert into etf_metadata
       (symbol, name, aum, expense_ratio, avg_volume, liquidity_score, source, as_of)
     values ($1 || 'F', 'A fund', 1000000000, 0.1, 5000000, 90, 'claim', now())`,
    [symbol],
  )
  await sql.run(
    `insert into historical_data (symbol, date, open, high, low, close, volume)
     values ($1, '2020-01-02', 100, 101, 99, 100, 1000), ($1, '2020-01-03', 100, 102, 99, 101, 900)`,
    [symbol],
  )
  await sql.run(`select update_etf_universe('bonds', jsonb_build_array($1::text), '{}')`, [symbol])
}

/** Tables in which the market stands; symbols without those of tests. */
const marketTables: Readonly<Record<string, string>> = {
  symbols: `(select * from symbols where type <> 'TEST')`,
  etf_metadata: 'etf_metadata',
  historical_data: 'historical_data',
  cache_entries: 'cache_entries',
  universe_members: 'universe_members',
  sync_changes_log: 'sync_changes_log',
}

async function fingerprints(sql: Sql): Promise<{ table: string; rows: number; hash: string }[]> {
  const found: { table: string; rows: number; hash: string }[] = []
  for (const [table, source] of Object.entries(marketTables)) {
    const { rows, hash } = await sql.one<{ rows: number; hash: string }>(
      `select count(*)::integer as rows,
         md5(coalesce(string_agg(kept::text, ',' order by kept::text), '')) as hash
       from ${source} as kept`,
    )
    found.push({ table, rows, hash })
  }
  return found
}
