import { instant, type App } from 'service-kit'
import { z } from 'zod'
import type { Consumer } from '../consumer.ts'
import { fail } from '../error.ts'
import { roles } from '../role.ts'
import { symbolText, symbolUniverses } from '../schema/universe.ts'
import { findSymbol } from '../store/symbol.ts'

/** Where a symbol is a member. */
export function symbolRoutes(app: App, { pool, clock }: Consumer): void {
  app.get(
    '/symbols/:symbol/universes',
    {
      config: { access: { roles } },
      schema: {
        tags: ['Universes'],
        summary: 'The universes that a symbol was in at an instant; now unless given',
        params: z.object({ symbol: symbolText }),
        querystring: z.strictObject({ at: instant.optional() }),
        response: { 200: symbolUniverses },
      },
    },
    async ({ params: { symbol }, query }) => {
      const [found] = await findSymbol(pool, symbol, query.at ?? clock.now())
      if (found === undefined) throw fail('TICK_SYMBOL_UNKNOWN')
      return found
    },
  )
}
