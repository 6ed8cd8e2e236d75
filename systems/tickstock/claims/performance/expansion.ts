import { claim } from 'etalon'
import { quantileOf } from 'etalon/statistics/quantile'
import type { Expansion } from '../expansion.ts'
import { workOf } from './command.ts'
import { measureExpansions } from './empty-universe.ts'

/** Whichever claim comes first measures. */
const options = { isolation: 'quiet', timeoutMs: 240_000 } as const

claim('TICK-PERF-01', options, async (context) => {
  const { note, prove } = context
  const { durations, expansions } = await measureExpansions(context)
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
  async (context) => {
    const { note, prove } = context
    const { durations } = await measureExpansions(context)
    note('expansions', { ...durations })
    prove('an expansion, beyond the start of the command', workOf(durations)).isBelow(200, 'ms')
  },
)
