import { claim, type SystemHandle } from 'etalon'
import { quantileOf } from 'etalon/statistics/quantile'
import { expand, type Expansion } from '../expansion.ts'
import { done, durationOf, once, workOf, type CommandDurations } from './command.ts'
import { filledMarket } from './market.ts'

const rounds = 12
/** So many of them are held against a command that does nothing: a median takes no more. */
const startsMeasured = 6

/** Both claims: whichever comes first measures. */
const options = { isolation: 'quiet', timeoutMs: 240_000 } as const

/** Every universe without a member, so that an expansion has to find and tell all of them. */
export const empty = `select update_etf_universe(universe_metadata ->> 'theme', '[]', universe_metadata)
  from cache_entries where universe_category = 'ETF'`

/** Expansions of empty universes, and what is left of them. */
const measureExpansions = once(async (system: SystemHandle) => {
  await filledMarket(system)
  const durations: CommandDurations = { wholeMs: [], startMs: [] }
  const expansions: Expansion[] = []
  for (let round = 0; round < rounds; round += 1) {
    await system.sql.run(empty)
    durations.wholeMs.push(
      await durationOf(async () => {
        expansions.push((await expand(system)).result)
      }),
    )
    if (round >= startsMeasured) continue
    durations.startMs.push(await durationOf(() => done(system, 'etf-universe', 'summary')))
  }
  return { durations, expansions }
})

claim('TICK-PERF-01', options, async ({ system, note, prove }) => {
  const { durations, expansions } = await measureExpansions(system)
  note('expansions', { ...durations })
  const least = (count: (one: Expansion) => number): number => Math.min(...expansions.map(count))
  prove(
    'symbols that each expansion judged',
    least(({ symbols }) => symbols),
  ).isAtLeast(200)
  prove(
    'themes of each',
    least(({ themes }) => themes),
  ).isAtLeast(5)
  prove(
    'universes that each filled',
    least(({ changed }) => changed.length),
  ).isAtLeast(5)
  const took = quantileOf(durations.wholeMs, 0.75, { unit: 'ms' })
  prove('three of four expansions, from the command to its end', took).isBelow(2_000, 'ms')
})

claim(
  'TICK-PERF-15',
  { name: 'expansion', title: 'An expansion works less than 200 ms', ...options },
  async ({ system, note, prove }) => {
    const { durations } = await measureExpansions(system)
    note('expansions', { ...durations })
    prove('an expansion, beyond the start of the command', workOf(durations)).isBelow(200, 'ms')
  },
)
