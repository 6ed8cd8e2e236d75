import { claim, measureOnce } from 'etalon'
import { filledMarket, whileFull } from './market.ts'

/** Those who share a measurement: whichever comes first measures. */
const options = { isolation: 'quiet', timeoutMs: 240_000 } as const

const pages = ['/universes', '/universes/etf_sectors', '/symbols/XLK/universes']
const others = [
  '/universes/etf_sectors/history',
  '/universes/etf_sectors/changes',
  '/universes/etf_sectors/overlap/etf_technology',
  '/universes/etf_sectors/members.csv',
  '/sync/runs',
  '/scenarios',
]

/** What pages ask, one after the other. */
const measureQueries = measureOnce(async ({ system, timing }) => {
  await filledMarket(system)
  const viewer = await system.actor('viewer')
  return timing.repeat({ iterations: 900 }, (round) =>
    viewer.get(pages[round % pages.length] as string).expect(200),
  )
})

claim('TICK-PERF-02', { isolation: 'quiet' }, async ({ system, timing, prove }) => {
  await filledMarket(system)
  const consumer = system.sqlAs('consumer')
  const functions = [
    "select get_etf_universe('sectors')",
    'select * from get_etf_universes_summary()',
    'select * from validate_etf_universe_symbols()',
  ]
  await whileFull(system, async (symbols) => {
    prove('symbols that are asked for and validated', symbols).isAtLeast(200)
    const answered = await timing.repeat({ iterations: 60, warmUp: 3 }, (round) =>
      consumer.rows(functions[round % functions.length] as string),
    )
    prove('P95 of a function for ETFs', answered.quantile(0.95)).isBelow(2_000, 'ms')
  })
})

claim('TICK-PERF-06', options, async (context) => {
  const answered = await measureQueries(context)
  context.prove('P95 of what a page asks', answered.quantile(0.95)).isBelow(50, 'ms')
})

claim('TICK-PERF-07', { isolation: 'quiet' }, async ({ system, timing, prove }) => {
  await filledMarket(system)
  const viewer = await system.actor('viewer')
  const paths = [...pages, ...others]
  const answered = await timing.repeat({ iterations: 900 }, (round) =>
    viewer.get(paths[round % paths.length] as string).expect(200),
  )
  prove('P95 of any query', answered.quantile(0.95)).isBelow(500, 'ms')
})

claim(
  'TICK-PERF-15',
  { name: 'query', title: 'P95 of a query of a page is below 5 ms', ...options },
  async (context) => {
    const answered = await measureQueries(context)
    context.prove('P95 of what a page asks', answered.quantile(0.95)).isBelow(5, 'ms')
  },
)
