import { statement, type Sql } from 'service-kit'
import type { z } from 'zod'
import type { scenario } from '../schema/scenario.ts'

/** A loaded scenario, as the API gives it. */
export type ScenarioRow = z.input<typeof scenario>

/** Prices in dollars. */
interface Prices {
  readonly open: number
  readonly high: number
  readonly low: number
  readonly close: number
  readonly volume: number
}

const columns = `s.symbol, s.name, s.config ->> 'title' as title,
  s.config ->> 'description' as description, s.seed,
  (s.config ->> 'base_price')::numeric as base_price, bar.days, bar.first_date, bar.last_date,
  s.generated_at, s.outcomes, s.patterns as planted`

const source = `scenario.test_scenarios s
  cross join lateral (
    select count(*)::integer as days, min(date) as first_date, max(date) as last_date
    from scenario.bars where symbol = s.symbol
  ) as bar`

/** Loaded scenarios by symbol. */
export const readScenarios = statement<ScenarioRow, [limit: number, offset: number]>(
  'scenario-read-page',
  `select ${columns} from ${source} order by s.symbol limit $1 offset $2`,
)

const scenarioCount = statement<{ total: number }, []>(
  'scenario-count',
  'select count(*) as total from scenario.test_scenarios',
)

export async function countScenarios(sql: Sql): Promise<number> {
  return (await scenarioCount(sql))[0]?.total ?? 0
}

export const findScenario = statement<ScenarioRow, [symbol: string]>(
  'scenario-find',
  `select ${columns} from ${source} where s.symbol = $1`,
)

/** The daily bars of a scenario by date. */
export const findScenarioBars = statement<Prices & { readonly date: string }, [symbol: string]>(
  'scenario-find-daily-bars',
  `select date, open, high, low, close, volume from scenario.bars
   where symbol = $1 order by date`,
)

/** The minutes of one day of a scenario; `time` is New York's. */
export const findScenarioMinutes = statement<
  Prices & { readonly time: string },
  [symbol: string, date: string]
>(
  'scenario-find-minute-bars',
  `select to_char(time '09:30' + minute * interval '1 minute', 'HH24:MI') as time,
     open, high, low, close, volume
   from scenario.minute_bars where symbol = $1 and date = $2 order by minute`,
)
