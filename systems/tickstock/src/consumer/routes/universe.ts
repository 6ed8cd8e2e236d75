import { instant, pageFields, pageSchema, pageWindow, toPage, type App } from 'service-kit'
import { z } from 'zod'
import type { Consumer } from '../consumer.ts'
import { toCsv } from '../csv.ts'
import { fail } from '../error.ts'
import { roles } from '../role.ts'
import {
  changeRow,
  overlap,
  pastMember,
  universeDetail,
  universeKey,
  universeRow,
} from '../schema/universe.ts'
import {
  compareUniverses,
  countChanges,
  countUniverses,
  findUniverse,
  hasUniverse,
  listChanges,
  listMembers,
  listMembersAt,
  listUniverses,
} from '../store/universe.ts'

const tags = ['Universes']
const config = { access: { roles } }
const params = z.object({ key: universeKey })

/** Universes as they are now. */
export function universeRoutes(app: App, consumer: Consumer): void {
  const { pool } = consumer

  app.get(
    '/universes',
    {
      config,
      schema: {
        tags,
        summary: 'Universes, by their keys',
        querystring: z.strictObject({ category: z.string().max(50).optional(), ...pageFields }),
        response: { 200: pageSchema(universeRow) },
      },
    },
    async ({ query }) => {
      const { limit, offset } = pageWindow(query)
      const category = query.category ?? null
      const rows = await listUniverses(pool, category, limit, offset)
      return toPage(query, rows, async () => (await countUniverses(pool, category))[0]?.count ?? 0)
    },
  )

  app.get(
    '/universes/:key',
    {
      config,
      schema: {
        tags,
        summary: 'One universe: filter, metadata, members with weights, its last change',
        params,
        response: { 200: universeDetail },
      },
    },
    async ({ params: { key } }) => {
      const [universe] = await findUniverse(pool, key)
      if (universe === undefined) throw fail('TICK_UNIVERSE_UNKNOWN')
      return universe
    },
  )

  app.get(
    '/universes/:key/members.csv',
    {
      config,
      schema: {
        tags,
        summary: 'The members of one universe as CSV',
        params,
        response: { 200: csvAnswer },
      },
    },
    async ({ params: { key } }, reply) => {
      await requireUniverse(consumer, key)
      return reply
        .header('content-type', 'text/csv; charset=utf-8')
        .header('content-disposition', `attachment; filename="${key}.csv"`)
        .send(toCsv(csvColumns, await listMembers(pool, key)))
    },
  )

  pastRoutes(app, consumer)
}

/** Universes as they were, and beside each other. */
function pastRoutes(app: App, consumer: Consumer): void {
  const { pool, clock } = consumer

  app.get(
    '/universes/:key/history',
    {
      config,
      schema: {
        tags,
        summary: 'Who was a member at an instant; now unless given',
        params,
        querystring: z.strictObject({ at: instant.optional() }),
        response: {
          200: z.object({ key: z.string(), at: z.date(), members: z.array(pastMember) }),
        },
      },
    },
    async ({ params: { key }, query }) => {
      await requireUniverse(consumer, key)
      const at = query.at ?? clock.now()
      return { key, at, members: await listMembersAt(pool, key, at) }
    },
  )

  app.get(
    '/universes/:key/changes',
    {
      config,
      schema: {
        tags,
        summary: 'What was added and removed, and why; latest first',
        params,
        querystring: z.strictObject(pageFields),
        response: { 200: pageSchema(changeRow) },
      },
    },
    async ({ params: { key }, query }) => {
      await requireUniverse(consumer, key)
      const { limit, offset } = pageWindow(query)
      const rows = await listChanges(pool, key, limit, offset)
      return toPage(query, rows, async () => (await countChanges(pool, key))[0]?.count ?? 0)
    },
  )

  app.get(
    '/universes/:key/overlap/:other',
    {
      config,
      schema: {
        tags,
        summary: 'What two universes share',
        params: params.extend({ other: universeKey }),
        response: { 200: overlap },
      },
    },
    async ({ params: { key, other } }) => {
      await Promise.all([requireUniverse(consumer, key), requireUniverse(consumer, other)])
      const [found] = await compareUniverses(pool, key, other)
      if (found === undefined) throw fail('TICK_UNIVERSE_UNKNOWN')
      return found
    },
  )
}

async function requireUniverse({ pool }: Consumer, key: string): Promise<void> {
  const found = await hasUniverse(pool, key)
  if (found.length === 0) throw fail('TICK_UNIVERSE_UNKNOWN')
}

const csvColumns = [
  'symbol',
  'name',
  'type',
  'sector',
  'weight',
  'aum',
  'expense_ratio',
  'avg_volume',
  'liquidity_score',
  'last_close',
  'return_20d',
  'source',
  'as_of',
  'since',
] as const

/** An answer that is no JSON, as OpenAPI describes it. */
const csvAnswer = {
  description: 'A line for each member, after the names of the columns',
  content: { 'text/csv': { schema: { type: 'string' } } },
}
