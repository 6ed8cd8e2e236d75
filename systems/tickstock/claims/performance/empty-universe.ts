import type { SystemHandle } from 'etalon'
import type { Expansion } from '../expansion.ts'
import { done, durationOf, once, type CommandDurations } from './command.ts'
import { filledMarket } from './market.ts'

const rounds = 12
/** So many of them are held against a command that does nothing: a median takes no more. */
const startsMeasured = 6

/** Every universe without a member, so that an expansion has to find and tell all of them. */
const empty = `select update_etf_universe(universe_metadata ->> 'theme', '[]', universe_metadata)
  from cache_entries where universe_category = 'ETF'`

interface TimedExpansion {
  readonly tookMs: number
  readonly expansion: Expansion
}

/** What was measured of each instance, by its address: later claims need fewer of their own. */
const measured = new Map<string, TimedExpansion[]>()

/** An expansion of empty universes, from the command to its end, in milliseconds. */
export async function expandEmpty(system: SystemHandle): Promise<number> {
  await system.sql.run(empty)
  const startedAtMs = performance.now()
  const expansion = await done<Expansion>(system, 'etf-universe', 'expand')
  const tookMs = performance.now() - startedAtMs
  measured.set(system.url, [...(measured.get(system.url) ?? []), { tookMs, expansion }])
  return tookMs
}

/** Expansions of empty universes, what is left of them, and some beside commands that do nothing. */
export const measureExpansions = once(async (system: SystemHandle) => {
  await filledMarket(system)
  const durations: CommandDurations = { wholeMs: [], startMs: [] }
  while (durations.wholeMs.length < startsMeasured) {
    durations.wholeMs.push(await expandEmpty(system))
    durations.startMs.push(await durationOf(() => done(system, 'etf-universe', 'summary')))
  }
  while ((measured.get(system.url) ?? []).length < rounds) await expandEmpty(system)
  const all = measured.get(system.url) ?? []
  return {
    durations,
    allMs: all.map(({ tookMs }) => tookMs),
    expansions: all.map(({ expansion }) => expansion),
  }
})
