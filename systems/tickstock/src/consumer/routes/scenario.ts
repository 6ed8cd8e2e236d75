import { day, pageFields, pageSchema, pageWindow, toPage, type App } from 'service-kit'
import { z } from 'zod'
import type { Consumer } from '../consumer.ts'
import { fail } from '../error.ts'
import { roles } from '../role.ts'
import { scenario, scenarioBar, scenarioMinute, testSymbol } from '../schema/scenario.ts'
import {
  countScenarios,
  findScenario,
  findScenarioBars,
  findScenarioMinutes,
  readScenarios,
} from '../store/scenario.ts'

const tags = ['Scenarios']
const config = { access: { roles } }

const params = z.object({ symbol: testSymbol })

/** Synthetic scenarios that were loaded: what they declare, what was measured, and their bars. */
export function scenarioRoutes(app: App, { pool }: Consumer): void {
  app.get(
    '/scenarios',
    {
      config,
      schema: {
        tags,
        summary: 'Loaded scenarios with what they declare and what was measured',
        querystring: z.strictObject(pageFields),
        response: { 200: pageSchema(scenario) },
      },
    },
    async ({ query }) => {
      const { limit, offset } = pageWindow(query)
      return toPage(query, await readScenarios(pool, limit, offset), () => countScenarios(pool))
    },
  )

  app.get(
    '/scenarios/:symbol',
    { config, schema: { tags, summary: 'One scenario', params, response: { 200: scenario } } },
    async (request) => {
      const [found] = await findScenario(pool, request.params.symbol)
      if (found === undefined) throw fail('TICK_SCENARIO_UNKNOWN')
      return found
    },
  )
  barRoutes(app, pool)
}

function barRoutes(app: App, pool: Consumer['pool']): void {
  app.get(
    '/scenarios/:symbol/bars',
    {
      config,
      schema: {
        tags,
        summary: 'The daily bars of a scenario',
        params,
        response: {
          200: z.object({ symbol: testSymbol, bars: z.array(scenarioBar) }),
        },
      },
    },
    async ({ params: { symbol: asked } }) => {
      const bars = await findScenarioBars(pool, asked)
      if (bars.length === 0) throw fail('TICK_SCENARIO_UNKNOWN')
      return { symbol: asked, bars }
    },
  )

  app.get(
    '/scenarios/:symbol/minutes',
    {
      config,
      schema: {
        tags,
        summary: 'The minutes of one day of a scenario, where they were loaded',
        params,
        querystring: z.strictObject({ date: day }),
        response: {
          200: z.object({ symbol: testSymbol, date: day, bars: z.array(scenarioMinute) }),
        },
      },
    },
    async ({ params: { symbol: asked }, query: { date } }) => {
      const bars = await findScenarioMinutes(pool, asked, date)
      if (bars.length === 0) throw fail('TICK_SCENARIO_UNKNOWN')
      return { symbol: asked, date, bars }
    },
  )
}
