import { day } from 'service-kit'
import { z } from 'zod'

/** A symbol for tests; it is in no universe of the market. */
export const testSymbol = z.string().regex(/^TEST_[A-Z0-9_]{1,35}$/)

const outcome = z.object({
  name: z.string(),
  title: z.string(),
  definition: z.string().describe('How it is measured'),
  unit: z.enum(['percent', 'count', 'flag']),
  declared: z.number(),
  tolerance: z.number(),
  measured: z.number(),
  met: z.boolean(),
})

/** A candlestick pattern that was planted, by the day of its last bar. */
const planted = z.object({
  pattern: z.string(),
  function: z.string().describe("TA-Lib's function that finds it"),
  date: day,
  value: z.int().describe('100 for a rising pattern, -100 for a falling one'),
})

/** A loaded scenario, without its bars. */
export const scenario = z.object({
  symbol: testSymbol,
  name: z.string(),
  title: z.string(),
  description: z.string(),
  seed: z.int(),
  base_price: z.number(),
  days: z.int().describe('Trading days'),
  first_date: day,
  last_date: day,
  generated_at: z.date(),
  outcomes: z.array(outcome),
  planted: z.array(planted),
})

const prices = {
  open: z.number(),
  high: z.number(),
  low: z.number(),
  close: z.number(),
  volume: z.int(),
}

/** A day of a scenario. */
export const scenarioBar = z.object({ date: day, ...prices })

/** A minute of a scenario. */
export const scenarioMinute = z.object({
  time: z.string().describe('On the clock of New York'),
  ...prices,
})
