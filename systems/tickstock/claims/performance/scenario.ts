import { claim, measureOnce } from 'etalon'
import { done, durationOf, medianOf, workOf, type CommandDurations } from './command.ts'

const names = [
  'crash_2020',
  'growth_2021',
  'volatility_periods',
  'trend_changes',
  'high_low_events',
] as const
/** Both claims: whichever comes first measures. */
const options = { isolation: 'quiet', timeoutMs: 240_000 } as const

const measureScenarios = measureOnce(async ({ system }) => {
  const generated: CommandDurations = { wholeMs: [], startMs: [] }
  const loaded: CommandDurations = { wholeMs: [], startMs: [] }
  const took = async (...args: readonly string[]): Promise<number> =>
    durationOf(() => done(system, 'scenario', ...args))
  for (const name of names) {
    const startMs = await took('list')
    generated.wholeMs.push(await took('generate', name))
    generated.startMs.push(startMs)
    loaded.wholeMs.push(await took('load', name, '--suffix', 'PERF'))
    loaded.startMs.push(startMs)
  }
  return { generated, loaded }
})

claim('TICK-PERF-03', options, async (context) => {
  const { sql, note, prove } = context
  const { generated, loaded } = await measureScenarios(context)
  note('scenarios', { generated, loaded })
  const bars = await sql.value<number>(
    `select count(distinct symbol) from scenario.bars where symbol like 'TEST\\_%\\_PERF'`,
  )
  prove('scenarios that were loaded', bars).equals(names.length)
  const generation = medianOf(generated.wholeMs)
  prove('generating a scenario, from the command to its end', generation).isBelow(10_000, 'ms')
  const loading = medianOf(loaded.wholeMs)
  prove('loading one', loading).isBelow(10_000, 'ms')
})

claim(
  'TICK-PERF-15',
  { name: 'scenario', title: 'A scenario is generated and loaded within a second', ...options },
  async (context) => {
    const { note, prove } = context
    const { generated, loaded } = await measureScenarios(context)
    note('scenarios', { generated, loaded })
    prove('generating, beyond the start of the command', workOf(generated)).isBelow(1_000, 'ms')
    prove('generating and loading, the same', workOf(loaded)).isBelow(1_000, 'ms')
  },
)
