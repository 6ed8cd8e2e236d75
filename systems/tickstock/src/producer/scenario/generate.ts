import { tradingDays } from '../../calendar/trading-day.ts'
import { faultOf, type Bar } from './bar.ts'
import { findScenario } from './catalogue.ts'
import { highOf, lowOf } from './draft.ts'
import { failScenario } from './error.ts'
import { measureOutcomes, type Outcome } from './outcome.ts'
import { randomOf, type Random } from './random.ts'
import type { Scenario } from './scenario.ts'
import { patterns, type Series } from './series.ts'

/** A series with the outcomes that were measured in it, all of them met. */
export interface Generated extends Series {
  readonly scenario: Scenario
  readonly seed: number
  readonly outcomes: readonly Outcome[]
}

/** The seed that a scenario is known by. */
export const knownSeed = 42

/** How often a seed may draw anew when what it drew misses an outcome. */
const drawsMax = 20

/**
 * The bars of a scenario for a seed: the same bytes on every machine. What it declares is measured
 * in what was drawn, which is drawn anew where it misses; the draws go on in the seed's stream.
 * Throws TICK_SCENARIO_UNKNOWN, TICK_SCENARIO_SEED_INVALID, TICK_SCENARIO_BAR_INVALID, and
 * TICK_SCENARIO_OUTCOME_MISSED where no draw meets every outcome.
 */
export function generateScenario(name: string, seed: number = knownSeed): Generated {
  return generate(findScenario(name), seed)
}

/** The same for a scenario that need not be in the catalogue. */
export function generate(scenario: Scenario, seed: number): Generated {
  if (!Number.isInteger(seed) || seed < 0 || seed > 0x7fff_ffff) {
    throw failScenario('TICK_SCENARIO_SEED_INVALID', { seed })
  }
  const random = randomOf(scenario.name, seed)
  let missed: readonly Outcome[] = []
  for (let draw = 0; draw < drawsMax; draw += 1) {
    const series = drawSeries(scenario, random)
    const outcomes = measureOutcomes(scenario.outcomes, series)
    missed = outcomes.filter((outcome) => !outcome.met)
    if (missed.length === 0) return { ...series, scenario, seed, outcomes }
  }
  throw failScenario('TICK_SCENARIO_OUTCOME_MISSED', {
    scenario: scenario.name,
    seed,
    missed: missed.map(({ name, declared, measured }) => ({ name, declared, measured })),
  })
}

function drawSeries(scenario: Scenario, random: Random): Series {
  const { drafts, planted = [] } = scenario.draw(random)
  const dates = tradingDays(scenario.firstDay, scenario.days)
  const bars = dates.map((date, day): Bar => {
    const draft = drafts[day]
    if (draft === undefined) throw failScenario('TICK_SCENARIO_BAR_INVALID', { date })
    const { openCents, closeCents, volume } = draft
    const bar = { openCents, highCents: highOf(draft), lowCents: lowOf(draft), closeCents, volume }
    const fault = faultOf(bar)
    if (fault !== undefined) throw failScenario('TICK_SCENARIO_BAR_INVALID', { date, fault })
    return { date, ...bar }
  })
  const dated = planted.flatMap(({ pattern, day }) => {
    const date = dates[day]
    return date === undefined ? [] : [{ pattern, date, ...patterns[pattern] }]
  })
  return { bars, planted: dated }
}
