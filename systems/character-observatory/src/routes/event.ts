import type { App } from 'service-kit'
import { shapeOf } from '../event/envelope.ts'
import { callerOf, ecosystemFor } from '../operation/membership.ts'
import { access as config, id } from '../schema/common.ts'
import { eventPage, eventQuery } from '../schema/event.ts'
import type { Service } from '../service.ts'
import { eventsBetween, latestEvents } from '../store/event.ts'

const lastNumber = Number.MAX_SAFE_INTEGER

/** What happened in an ecosystem, to be read again. */
export function eventRoutes(app: App, service: Service): void {
  app.get(
    '/api/v1/ecosystems/:id/events',
    {
      config,
      schema: {
        tags: ['Ecosystems'],
        summary: 'Events after a number, in order; without a number the latest, the newest first',
        params: id,
        querystring: eventQuery,
        response: { 200: eventPage },
      },
    },
    async (request) => {
      const { id: ecosystem } = request.params
      await ecosystemFor(service, callerOf(request), ecosystem, 'see')
      const { after_seq, limit } = request.query
      const { pool } = service
      if (after_seq === undefined) {
        const latest = await latestEvents(pool, ecosystem, limit)
        return { items: latest.map(shapeOf), next_after_seq: null }
      }
      const events = await eventsBetween(pool, ecosystem, after_seq, lastNumber, limit)
      const isFull = events.length === limit
      return {
        items: events.map(shapeOf),
        next_after_seq: isFull ? (events.at(-1)?.seq ?? null) : null,
      }
    },
  )
}
