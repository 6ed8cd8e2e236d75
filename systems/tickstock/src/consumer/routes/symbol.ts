import { instant, type App } from 'service-kit'
import { z } from 'zod'
import type { Consumer } from '../consumer.ts'
import { fail } from '../error.ts'
import { roles } from '../role.ts'
import { symbolText, symbolUniverse } from '../schema/universe.ts'
import { findSymbol, listSymbolUniverses } from '../store/symbol.ts'

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
        response: {
          200: z.object({
            symbol: z.string(),
            name: z.string().nullable(),
            at: z.date(),
            universes: z.array(symbolUniverse),
          }),
        },
      },
    },
    async ({ params: { symbol }, query }) => {
      const [found] = await findSymbol(pool, symbol)
      if (found === undefined) throw fail('TICK_SYMBOL_UNKNOWN')
      const at = query.at ?? clock.now()
      return { ...found, at, universes: await listSymbolUniverses(pool, symbol, at) }
    },
  )
}
