import type { OutgoingHttpHeaders } from 'node:http'
import type { App } from 'service-kit'
import { z } from 'zod'
import { access, actorOf } from '../actor.ts'
import { fail } from '../error.ts'
import { placeBefore, readPlace, type EventStreams } from '../event-stream.ts'
import { requireProject } from '../operation/project.ts'
import { projectParams, rawAnswer } from '../schema/request.ts'
import type { Service } from '../service.ts'
import { eventStart } from '../store/event.ts'

const openMax = 500
const changes = new Set(['POST', 'PUT', 'DELETE'])
const lastEventId = z
  .string()
  .refine((text) => readPlace(text) !== undefined, 'Must be the id of an event that was sent')

/** What happens in a project, as it happens. */
export function eventRoute(app: App, service: Service, streams: EventStreams): void {
  app.addHook('onResponse', (request, reply, done) => {
    if (changes.has(request.method) && reply.statusCode < 300) {
      streams.wake((request.params as { id?: string }).id ?? '')
    }
    done()
  })
  app.addHook('preClose', (done) => {
    streams.close()
    done()
  })

  app.get(
    '/projects/:id/events',
    {
      config: access.signedIn,
      schema: {
        tags: ['Projects'],
        summary:
          'Server-sent events: each change of the project; Last-Event-ID goes on where it ended',
        params: projectParams,
        headers: z.looseObject({ 'last-event-id': lastEventId.optional() }),
        response: { 200: rawAnswer('Events until the caller goes away', 'text/event-stream') },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      if (streams.open >= openMax) throw fail('JEEX_OVERLOADED')
      // Where it starts is settled before the listener is told that he is listening.
      const [, [start]] = await service.database.read(actor, (sql) =>
        Promise.all([requireProject(sql, actor, id), eventStart(sql)]),
      )
      reply.hijack()
      reply.raw.writeHead(200, {
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      })
      reply.raw.write(': listening\n\n')
      const last = readPlace(request.headers['last-event-id'] ?? '')
      const place = last ?? placeBefore(start?.xid ?? '0')
      streams.serve(actor, id, place, reply.raw).catch((error: unknown) => {
        request.log.warn({ err: error }, 'event stream ended')
      })
    },
  )
}
