import { claim, measureOnce } from 'etalon'
import { meanOf } from 'etalon/statistics/mean'
import { done, durationOf } from './command.ts'

const stocks = 20_000
const days = ['2026-11-17', '2026-11-18', '2026-11-19'] as const

interface Run {
  readonly status: string
  readonly within_window: boolean
}

/** Every company is worth something else: from a third to three times as much, by its symbol. */
const revalue = `update symbols
  set market_cap = market_cap * (0.33 + 2.67 * (abs(hashtext(symbol || $1)) % 1000) / 1000.0)
  where type = 'CS'`

/** Runs over 20,000 companies: the first assigns all of them, the others move many. */
const measureRuns = measureOnce(async ({ system }) => {
  await done(system, 'reference', 'load', '--stocks', String(stocks))
  await done(system, 'etf-universe', 'expand')
  await system.sql.run('analyze')
  const durationsMs: number[] = []
  const runs: Run[] = []
  for (const day of days) {
    durationsMs.push(
      await durationOf(async () => {
        runs.push(await done<Run>(system, 'cache-sync', 'run-now', '--day', day))
      }),
    )
    await system.sql.run(revalue, [day])
  }
  return { durationsMs, runs }
})

claim('TICK-PERF-04', { isolation: 'quiet', timeoutMs: 480_000 }, async (context) => {
  const { sql, note, prove } = context
  const { durationsMs, runs } = await measureRuns(context)
  note('runs', { durationsMs })
  const listed = await sql.value<number>(`select count(*) from symbols where type = 'CS'`)
  prove('companies', listed).isAtLeast(stocks)
  const done = runs.filter(({ status, within_window }) => status === 'completed' && within_window)
  prove('runs that were completed within their window', done.length).equals(days.length)
  const took = meanOf(durationsMs, { unit: 'ms' })
  prove('a run, from the command to its end', took).isBelow(1_800, 's')
})

claim(
  'TICK-PERF-15',
  {
    name: 'synchronization',
    title: 'A synchronization of 20,000 symbols takes less than 60 s',
    isolation: 'quiet',
    timeoutMs: 480_000,
  },
  async (context) => {
    const { note, prove } = context
    const { durationsMs } = await measureRuns(context)
    note('runs', { durationsMs })
    const took = meanOf(durationsMs, { unit: 'ms' })
    prove('a run over 20,000 companies', took).isBelow(60, 's')
  },
)
