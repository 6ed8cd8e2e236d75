import { claim, type Sql, type SystemHandle } from 'etalon'
import { command } from '../command.ts'
import { expand } from '../expansion.ts'

/**
 * Does something while the producer is down: it would begin to synchronize when it hears that bars
 * were loaded. What was told meanwhile is forgotten.
 */
async function withoutProducer(system: SystemHandle, work: () => Promise<void>): Promise<void> {
  await system.kill('producer')
  await work()
  await system.sql.run(
    `delete from outbox where seq is null and channel = 'tickstock.eod.complete'`,
  )
  await system.startAgain('producer')
}

interface Loaded {
  readonly trading_day: string
  readonly symbols: number
  readonly bars: number
  readonly incomplete: readonly string[]
}

claim('TICK-ETF-06', { timeoutMs: 120_000 }, async ({ system, sql, prove }) => {
  await withoutProducer(system, async () => {
    const { result: expansion } = await expand(system, 'sectors')
    const members = expansion.universes[0]?.accepted ?? []
    const load = () =>
      command<Loaded>(system, 'loader', '--universe', 'etf_sectors', '--days', '252')
    const { code, result } = await load()
    prove('how the loader ended', code).equals(0)
    prove('members of the universe', members.length).isAtLeast(10)
    prove('what it told', result).holds({
      symbols: members.length,
      bars: 252 * members.length,
      incomplete: [],
    })
    const days = await sql.one<{ first: string; last: string; weekend: number; different: number }>(
      `select min(date)::text as first, max(date)::text as last, count(distinct date) as different,
         count(*) filter (where extract(isodow from date) > 5) as weekend
       from historical_data where symbol = any ($1)`,
      [members],
    )
    prove('days of 252 that were asked for', days.different).equals(252)
    prove('bars on a Saturday or Sunday', days.weekend).equals(0)
    const weekdays = await sql.value<number>(
      `select count(*) from generate_series($1::date, $2::date, '1 day') as day
       where extract(isodow from day) <= 5`,
      [days.first, days.last],
    )
    prove('weekdays between them on which nothing was traded', weekdays - 252).isBetween(8, 12)
    prove('the latest', days.last).equals(result.trading_day)
    const short = await sql.rows(
      `select member.symbol, count(bar.symbol) as bars from unnest($1::text[]) as member (symbol)
       left join historical_data as bar on bar.symbol = member.symbol
       group by 1 having count(bar.symbol) <> 252`,
      [members],
    )
    prove('members with more or fewer bars', short).isEmpty()
    const again = await load()
    prove('bars that it loads the second time', again.result.bars).equals(0)
    prove('days that a load of some has ended', await endedDays(sql)).isEmpty()
  })
})

claim('TICK-ETF-06', { name: 'day' }, async ({ system, sql, prove }) => {
  await withoutProducer(system, async () => {
    await command(system, 'reference', 'load', '--stocks', '20')
    await sql.run(
      `insert into symbols (symbol, name, type, initial_load_date)
       values ('ZZBAR', 'Nobody has its bars', 'ETF', '2020-01-02')`,
    )
    const endDay = () => command<Loaded>(system, 'loader', '--end-of-day', '--days', '1')
    const gap = await endDay()
    prove('how the end of a day without all bars ended', gap.code).equals(1)
    prove('whose bars are missing', gap.result.incomplete).satisfies('ZZBAR with them', (missing) =>
      missing.includes('ZZBAR'),
    )
    prove('days that it has ended', await endedDays(sql)).isEmpty()
    await sql.run('update symbols set active = false where symbol = any ($1)', [
      gap.result.incomplete,
    ])
    const whole = await endDay()
    prove('how it ended once they are not traded', whole.code).equals(0)
    const day = whole.result.trading_day
    const traded = `select count(*) from symbols where active and type <> 'TEST'`
    const symbols = await sql.value<number>(traded)
    const loaded = `${traded} and exists (
      select from historical_data as bar where bar.symbol = symbols.symbol and bar.date = $1)`
    prove('symbols that are traded', symbols).isAtLeast(308)
    prove('symbols with a bar of the day', await sql.value<number>(loaded, [day])).equals(symbols)
    prove('what it told', await endedDays(sql)).equals([{ trading_day: day, symbols }])
  })
})

/** What was told of days that ended while the producer is down. */
async function endedDays(sql: Sql): Promise<object[]> {
  const rows = await sql.rows<{ payload: object }>(
    `select payload from outbox where seq is null and channel = 'tickstock.eod.complete'
     order by position`,
  )
  return rows.map(({ payload }) => payload)
}

interface Pair {
  readonly symbol: string
  readonly benchmark: string
  readonly window_days: number
  readonly correlation: number
}

claim('TICK-ETF-08', { timeoutMs: 120_000 }, async ({ system, sql, prove }) => {
  await withoutProducer(system, async () => {
    await expand(system)
    const symbols = ['AGG', 'IWM', 'SPY', 'VGT', 'XLK']
    await sql.run('delete from etf_relationships')
    await sql.run('delete from historical_data')
    await command(system, 'loader', '--symbol', ...symbols, '--days', '253')
    await command(system, 'etf-universe', 'correlate')
    const found = await pairsOf(sql)
    const benchmarks = ['IWM', 'SPY', 'XLK']
    const wanted = symbols.flatMap((symbol) =>
      benchmarks
        .filter((benchmark) => benchmark !== symbol)
        .filter((benchmark) => benchmark !== 'XLK' || symbol === 'VGT')
        .flatMap((benchmark) => [60, 252].map((days) => `${symbol} ${benchmark} ${days}`)),
    )
    prove(
      'pairs and windows of five ETFs',
      found.map(({ symbol, benchmark, window_days: days }) => `${symbol} ${benchmark} ${days}`),
    ).equals(wanted)
    prove('correlations that are not those of the bars', await unlike(sql, found)).isEmpty()
    prove('told of the first ones', await toldOf(sql)).isEmpty()

    // A little noise moves AGG a little; then it goes with SPY alone.
    await sql.run(
      `update historical_data set close = close * (1 + 0.0004 * (extract(day from date)::integer % 3)),
         high = high * 1.01 where symbol = 'AGG'`,
    )
    await command(system, 'etf-universe', 'correlate')
    const moved = await pairsOf(sql)
    prove(
      'correlations that small changes have moved',
      moved.filter((pair, at) => pair.correlation !== found[at]?.correlation).length,
    ).isAtLeast(4)
    prove('told of small changes', await toldOf(sql)).isEmpty()
    await sql.run(
      `update historical_data as bar set open = spy.open, high = spy.high, low = spy.low,
         close = spy.close
       from historical_data as spy
       where bar.symbol = 'AGG' and spy.symbol = 'SPY' and spy.date = bar.date`,
    )
    await command(system, 'etf-universe', 'correlate')
    const then = await pairsOf(sql)
    prove('correlations then that are not those of the bars', await unlike(sql, then)).isEmpty()
    const far = then
      .filter(({ symbol }) => symbol === 'AGG')
      .map((pair) => {
        const before = found.find(
          ({ symbol, benchmark, window_days: days }) =>
            symbol === 'AGG' && benchmark === pair.benchmark && days === pair.window_days,
        )
        return { ...pair, before: before?.correlation }
      })
      .filter(({ correlation, before }) => Math.abs(correlation - (before ?? 0)) > 0.1)
    prove('pairs that have moved far', far.length).isAtLeast(2)
    prove('told of them', await toldOf(sql)).equals(
      far.map(({ symbol, benchmark, window_days, correlation, before }) => ({
        symbol,
        benchmark,
        window_days,
        before,
        after: correlation,
      })),
    )
    await sql.run('delete from historical_data')
  })
})

const pairsOf = (sql: Sql): Promise<Pair[]> =>
  sql.rows<Pair>(
    `select symbol, benchmark, window_days, correlation from etf_relationships
     order by symbol, benchmark, window_days`,
  )

const toldOf = (sql: Sql): Promise<object[]> =>
  sql.rows(
    `select payload ->> 'symbol' as symbol, payload ->> 'benchmark' as benchmark,
       (payload ->> 'window_days')::integer as window_days,
       (payload ->> 'before')::float8 as before, (payload ->> 'after')::float8 as after
     from outbox where channel = 'tickstock.etf.correlation_update' order by 1, 2, 3`,
  )

/** The pairs whose correlation is not the one that their closes give (Pearson, of log returns). */
async function unlike(sql: Sql, pairs: readonly Pair[]): Promise<object[]> {
  const returns = new Map<string, number[]>()
  const rows = await sql.rows<{ symbol: string; closes: number[] }>(
    `select symbol, array_agg(close::float8 order by date) as closes from historical_data
     group by symbol`,
  )
  for (const { symbol, closes } of rows) {
    const changes = closes.slice(1).map((close, at) => Math.log(close / (closes[at] ?? close)))
    returns.set(symbol, changes)
  }
  return pairs
    .map((pair) => ({
      ...pair,
      expected: pearson(
        (returns.get(pair.symbol) ?? []).slice(-pair.window_days),
        (returns.get(pair.benchmark) ?? []).slice(-pair.window_days),
      ),
    }))
    .filter(({ correlation, expected }) => !(Math.abs(correlation - expected) < 2e-6))
}

function pearson(one: readonly number[], other: readonly number[]): number {
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length
  const [meanOne, meanOther] = [mean(one), mean(other)]
  let [product, squareOne, squareOther] = [0, 0, 0]
  for (const [at, value] of one.entries()) {
    const [a, b] = [value - meanOne, (other[at] ?? 0) - meanOther]
    product += a * b
    squareOne += a * a
    squareOther += b * b
  }
  return product / Math.sqrt(squareOne * squareOther)
}
