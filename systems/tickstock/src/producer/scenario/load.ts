import { inTransaction } from 'service-kit'
import { channels } from '../../message/channel.ts'
import type { Producer } from '../producer.ts'
import { publish } from '../publication.ts'
import {
  deleteLoaded,
  insertMinuteBars,
  insertScenario,
  insertScenarioBars,
  upsertTestSymbol,
} from '../store/scenario.ts'
import { priceText, type Bar } from './bar.ts'
import { failScenario } from './error.ts'
import { generateScenario, type Generated } from './generate.ts'
import { minuteBars } from './minute.ts'
import type { Outcome } from './outcome.ts'

/** Which scenario is to be loaded, and as what. */
export interface LoadRequest {
  readonly name: string
  readonly seed: number
  /** Makes another symbol of it, so that a scenario is there several times. */
  readonly suffix?: string | undefined
  /** Trading days of it whose minutes are loaded too. */
  readonly minutes?: readonly string[] | undefined
}

export interface LoadedScenario {
  readonly symbol: string
  readonly scenario: string
  readonly seed: number
  readonly bars: number
  readonly minute_bars: number
  readonly outcomes: readonly Outcome[]
}

/**
 * Generates a scenario and puts it into the tables for synthetic data, instead of what was there
 * under its symbol, and tells so with `scenario.loaded`. Throws what {@link generateScenario} does,
 * TICK_SCENARIO_SUFFIX_INVALID and TICK_SCENARIO_DAY_UNKNOWN.
 */
export async function loadScenario(
  { pool, clock }: Producer,
  request: LoadRequest,
): Promise<LoadedScenario> {
  const symbol = symbolOf(request.name, request.suffix)
  const generated = generateScenario(request.name, request.seed)
  const { scenario, seed, bars, outcomes, planted } = generated
  const days = (request.minutes ?? []).map((date) => dayOf(generated, date))
  const now = clock.now()
  let minuteCount = 0
  await inTransaction(pool, async (tx) => {
    await upsertTestSymbol(tx, symbol, scenario.title, now.toISOString().slice(0, 10))
    await deleteLoaded(tx, symbol)
    await insertScenario(
      tx,
      symbol,
      scenario.name,
      seed,
      JSON.stringify(configOf(generated)),
      JSON.stringify(outcomes),
      JSON.stringify(planted),
      now,
    )
    const dates = bars.map((bar) => bar.date)
    await insertScenarioBars(tx, symbol, dates, ...columnsOf(bars))
    for (const bar of days) {
      const minutes = minuteBars(bar, scenario.name, seed)
      const numbers = minutes.map(({ minute }) => minute)
      await insertMinuteBars(tx, symbol, bar.date, numbers, ...columnsOf(minutes))
      minuteCount += minutes.length
    }
    const told = { scenario: scenario.name, symbol, bars: bars.length }
    await publish(tx, channels.scenarioLoaded, 'scenario_loaded', told)
  })
  const loaded = { symbol, scenario: scenario.name, seed, bars: bars.length }
  return { ...loaded, minute_bars: minuteCount, outcomes }
}

/** The symbol of a scenario: `TEST_CRASH_2020`, or with a suffix `TEST_CRASH_2020_B`. */
function symbolOf(name: string, suffix?: string): string {
  const symbol = `TEST_${name.toUpperCase()}`
  if (suffix === undefined) return symbol
  if (!/^[A-Z0-9_]{1,12}$/.test(suffix)) {
    throw failScenario('TICK_SCENARIO_SUFFIX_INVALID', { suffix })
  }
  return `${symbol}_${suffix}`
}

function dayOf({ scenario, bars }: Generated, date: string): Bar {
  const bar = bars.find((candidate) => candidate.date === date)
  if (bar === undefined) {
    throw failScenario('TICK_SCENARIO_DAY_UNKNOWN', { scenario: scenario.name, date })
  }
  return bar
}

function configOf({ scenario }: Generated): object {
  const { title, description, firstDay, days, baseCents } = scenario
  return { title, description, first_day: firstDay, days, base_price: priceText(baseCents) }
}

function columnsOf(
  bars: readonly Omit<Bar, 'date'>[],
): [number[], number[], number[], number[], number[]] {
  return [
    bars.map((bar) => bar.openCents),
    bars.map((bar) => bar.highCents),
    bars.map((bar) => bar.lowCents),
    bars.map((bar) => bar.closeCents),
    bars.map((bar) => bar.volume),
  ]
}
