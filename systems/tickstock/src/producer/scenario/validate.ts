import type { Sql } from 'service-kit'
import { findPatterns, type Finding } from '../pattern/detect.ts'
import { findBars, findLoaded, type LoadedRow } from '../store/scenario.ts'
import { faultOf, toCsv } from './bar.ts'
import { findScenario } from './catalogue.ts'
import { failScenario } from './error.ts'
import { generateScenario } from './generate.ts'
import { measureOutcomes, type Outcome } from './outcome.ts'
import { patternFunctions } from './series.ts'

/** What became of a loaded scenario. */
export interface Validation {
  readonly symbol: string
  readonly scenario: string
  readonly seed: number
  readonly bars: number
  /** Bars that no market could print. */
  readonly faults: readonly { readonly date: string; readonly fault: string }[]
  /** Whether its seed gives the same bytes again. */
  readonly reproduced: boolean
  /** Measured in the bars that are stored. */
  readonly outcomes: readonly Outcome[]
  readonly planted: number
  /** What TA-Lib finds with the functions of the patterns that can be planted. */
  readonly patterns: readonly Finding[]
  readonly valid: boolean
}

/**
 * Looks at loaded scenarios, by their symbols or all of them, as they stand in the database.
 * Throws TICK_SCENARIO_NOT_LOADED for a symbol that is not there.
 */
export async function validateScenarios(
  sql: Sql,
  symbols: readonly string[],
): Promise<Validation[]> {
  const found = await findLoaded(sql, symbols)
  const missing = symbols.filter((symbol) => found.every((row) => row.symbol !== symbol))
  if (missing.length > 0) throw failScenario('TICK_SCENARIO_NOT_LOADED', { symbols: missing })
  const validations: Validation[] = []
  for (const row of found) validations.push(await validate(sql, row))
  return validations
}

async function validate(
  sql: Sql,
  { symbol, name, seed, patterns: planted }: LoadedRow,
): Promise<Validation> {
  const bars = await findBars(sql, symbol)
  const faults = bars.flatMap((bar) => {
    const fault = faultOf(bar)
    return fault === undefined ? [] : [{ date: bar.date, fault }]
  })
  const reproduced = toCsv(generateScenario(name, seed).bars) === toCsv(bars)
  const outcomes = measureOutcomes(findScenario(name).outcomes, { bars, planted })
  return {
    symbol,
    scenario: name,
    seed,
    bars: bars.length,
    faults,
    reproduced,
    outcomes,
    planted: planted.length,
    patterns: findPatterns(bars, patternFunctions),
    valid: faults.length === 0 && reproduced && outcomes.every(({ met }) => met),
  }
}
