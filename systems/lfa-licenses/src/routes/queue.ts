import { idText, pageFields, pageSchema, pageWindow, text, toPage, type App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { pendingPayment, promotionCandidate, rosterLine } from '../schema/queue.ts'
import { readyForPromotion } from '../operation/queue.ts'
import type { Service } from '../service.ts'
import { specializations } from '../specialization.ts'
import { countPendingPayments, readPendingPayments } from '../store/queue.ts'
import { countRoster, readRoster } from '../store/roster.ts'
import { addDays } from '../validity.ts'

/** What waits for somebody's decision, and whom it may be about. */
export function queueRoutes(app: App, service: Service): void {
  const { pool } = service

  app.get(
    '/payments/pending',
    {
      config: access.admin,
      schema: {
        tags: ['Queues'],
        summary: 'Payments that wait to be verified, the oldest first',
        querystring: z.strictObject(pageFields),
        response: { 200: pageSchema(pendingPayment) },
      },
    },
    async (request) => {
      const { limit, offset } = pageWindow(request.query)
      const rows = await readPendingPayments(pool, limit, offset)
      return toPage(request.query, rows, () => countPendingPayments(pool))
    },
  )

  app.get(
    '/promotions/pending',
    {
      config: access.staff,
      schema: {
        tags: ['Queues'],
        summary:
          'Licences whose record carries the next level, the examination aside; coaches for admins only',
        querystring: z.strictObject(pageFields),
        response: { 200: pageSchema(promotionCandidate) },
      },
    },
    async (request) => {
      const ready = await readyForPromotion(service, actorOf(request))
      const { limit, offset } = pageWindow(request.query)
      const count = (): Promise<number> => Promise.resolve(ready.length)
      return toPage(request.query, ready.slice(offset, offset + limit), count)
    },
  )

  rosterRoute(app, service)
}

function rosterRoute(app: App, { pool, clock }: Service): void {
  app.get(
    '/licenses/roster',
    {
      config: access.staff,
      schema: {
        tags: ['Licences'],
        summary: 'Active licences with the names of their holders: those taught, or all',
        querystring: z.strictObject({
          specialization: z.enum(specializations).optional(),
          search: text({ max: 100 }).optional(),
          expires_within_days: idText.refine((days) => days <= 3_650, 'Too many').optional(),
          ...pageFields,
        }),
        response: { 200: pageSchema(rosterLine) },
      },
    },
    async (request) => {
      const actor = actorOf(request)
      const { specialization = null, search, expires_within_days: days, ...page } = request.query
      const now = clock.now()
      const filter = [
        actor.role === 'ADMIN' ? null : actor.id,
        specialization,
        search === undefined ? null : `%${search.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`,
        days === undefined ? null : now,
        days === undefined ? null : addDays(now, days),
        now,
      ] as const
      const { limit, offset } = pageWindow(page)
      const rows = await readRoster(pool, ...filter, limit, offset)
      return toPage(page, rows, () => countRoster(pool, ...filter))
    },
  )
}
