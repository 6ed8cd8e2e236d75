import { measureOnce, type SystemHandle } from 'etalon'
import type { Expansion } from '../expansion.ts'
import { done, durationOf, type CommandDurations } from './command.ts'
import { filledMarket } from './market.ts'

const rounds = 12
/** So many of them are held against a command that does nothing: a median takes no more. */
const startsMeasured = 6

/** Every universe without a member, so that an expansion has to find and tell all of them. */
const empty = `select update_etf_universe(universe_metadata ->> 'theme', '[]', universe_metadata)
  from cache_entries where universe_category = 'ETF'`

interface TimedExpansion {
  /** From the command to its end. */
  readonly tookMs: number
  readonly expansion: Expansion
}

/** An expansion of empty universes. */
export async function expandEmpty(system: SystemHandle): Promise<TimedExpansion> {
  await system.sql.run(empty)
  const startedAtMs = performance.now()
  const expansion = await done<Expansion>(system, 'etf-universe', 'expand')
  return { tookMs: performance.now() - startedAtMs, expansion }
}

/** Expansions of empty universes, and what is left of them; some beside commands that do nothing. */
export const measureExpansions = measureOnce(async ({ system }) => {
  await filledMarket(system)
  const durations: CommandDurations = { wholeMs: [], startMs: [] }
  const expansions: Expansion[] = []
  for (let round = 0; round < rounds; round += 1) {
    const { tookMs, expansion } = await expandEmpty(system)
    durations.wholeMs.push(tookMs)
    expansions.push(expansion)
    if (round >= startsMeasured) continue
    durations.startMs.push(await durationOf(() => done(system, 'etf-universe', 'summary')))
  }
  return { durations, expansions }
})
