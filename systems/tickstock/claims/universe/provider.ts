import { claim } from 'etalon'

claim('TICK-ETF-11', { timeoutMs: 120_000 }, async ({ system, sql, prove }) => {
  const load = (env: Readonly<Record<string, string>>) =>
    system.run(['node', 'src/producer/cli.ts', 'reference', 'load'], ({ postgres }) => ({
      DATABASE_URL: postgres.url('producer'),
      ...env,
    }))
  await sql.run("update etf_metadata set aum = 1 where symbol = 'SPY'")
  const first = await load({})
  prove('how loading without any key ended', first.code).equals(0)
  const known = await sql.one(
    `select (select count(*) from symbols where type = 'ETF' and symbol not like 'ZZ%') as etfs,
       (select count(*) from symbols where type = 'CS' and symbol ~ '^C[A-Z]{4}$') as stocks,
       (select count(*) from etf_metadata where symbol not like 'ZZ%') as figures`,
  )
  prove('what is known then', known).equals({ etfs: 288, stocks: 1_000, figures: 288 })
  const sources = await sql.rows(
    `select source, bool_and(as_of is not null) as has_time from etf_metadata
     where symbol not like 'ZZ%' group by source`,
  )
  prove('who told the figures of ETFs', sources).equals([{ source: 'synthetic', has_time: true }])
  const figures = await sql.rows(
    `select symbol, aum, avg_volume, expense_ratio from etf_metadata
     where symbol in ('SPY', 'AGG', 'EWD') order by symbol`,
  )
  prove('figures that are the same on every machine', figures).equals([
    { symbol: 'AGG', aum: 32_700_000_000, avg_volume: 27_100_000, expense_ratio: 0.1 },
    { symbol: 'EWD', aum: 1_160_000_000, avg_volume: 871_000, expense_ratio: 0.25 },
    { symbol: 'SPY', aum: 150_000_000_000, avg_volume: 86_700_000, expense_ratio: 0.21 },
  ])
  const again = await load({ POLYGON_API_KEY: 'a-key-of-nobody' })
  prove('rows that loading again has written, beside a key', JSON.parse(again.stdout)).equals({
    symbols: 0,
    etfs: 0,
  })
})
