import { loadBars } from '../producer/loader/bars.ts'
import { endDay } from '../producer/loader/end-of-day.ts'
import { loadReference } from '../producer/loader/reference.ts'
import type { Producer } from '../producer/producer.ts'
import { syntheticProvider } from '../producer/reference/synthetic.ts'
import { sectors } from '../producer/reference/sector.ts'
import { themes } from '../producer/reference/theme.ts'
import { correlateEtfs, marketBenchmarks } from '../producer/universe/correlation.ts'
import { expandUniverses } from '../producer/universe/expansion.ts'
import { checkUniverses } from '../producer/universe/validation.ts'

/** A little over a year, which the longest correlation takes. */
const days = 260

/**
 * Fills an empty database with what there is to look at: symbols, universes that were narrowed once,
 * so that there is a change to see, a year of bars of their members, a day that has ended,
 * correlations.
 */
export async function fillDemo(producer: Producer): Promise<void> {
  const provider = syntheticProvider()
  await loadReference(producer, provider)
  const wide = themes.map((theme) => ({
    ...theme,
    filter: { ...theme.filter, min_volume: 1_000_000, min_liquidity_score: 20 },
  }))
  await expandUniverses(producer, provider, wide)
  const { universes } = await expandUniverses(producer, provider)
  const symbols = new Set([
    ...marketBenchmarks,
    ...sectors.map(({ benchmark }) => benchmark),
    ...universes.flatMap(({ accepted }) => accepted),
  ])
  await loadBars(producer, provider, { symbols: [...symbols], days })
  await endDay(producer, provider, 1)
  await correlateEtfs(producer)
  await checkUniverses(producer)
}
