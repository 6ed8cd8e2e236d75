import { candlePatterns, patternFree } from './definition/candle-patterns.ts'
import { crash2020 } from './definition/crash-2020.ts'
import { growth2021 } from './definition/growth-2021.ts'
import { highLowEvents } from './definition/high-low-events.ts'
import { trendChanges } from './definition/trend-changes.ts'
import { volatilityPeriods } from './definition/volatility-periods.ts'
import { failScenario } from './error.ts'
import type { Scenario } from './scenario.ts'

/** Every scenario that can be generated. */
export const scenarios: readonly Scenario[] = [
  crash2020,
  growth2021,
  volatilityPeriods,
  trendChanges,
  highLowEvents,
  candlePatterns,
  patternFree,
]

/** Throws TICK_SCENARIO_UNKNOWN. */
export function findScenario(name: string): Scenario {
  const found = scenarios.find((scenario) => scenario.name === name)
  if (found === undefined) throw failScenario('TICK_SCENARIO_UNKNOWN', { name })
  return found
}
