import type { OutgoingHttpHeaders } from 'node:http'
import { requestError, type App } from 'service-kit'
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
        description:
          'It ends with the project, and for who does not take what he is sent or may not listen ' +
          'any more. 429 is for who listens too often at once.',
        params: projectParams,
        headers: z.looseObject({ 'last-event-id': lastEventId.optional() }),
        response: { 200: rawAnswer('Events until the caller goes away', 'text/event-stream') },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = request.params
      const { raw: response } = reply
      if (streams.open >= openMax) throw fail('JEEX_OVERLOADED')
      if (streams.openOf(actor.id) >= service.env.EVENT_STREAMS_PER_USER_MAX) {
        reply.header('retry-after', '1')
        throw requestError('RATE_LIMITED')
      }
      // Before anything is waited for, or several at once would each find the last place free.
      streams.enter(actor.id, response)
      // Where it starts is settled before the listener is told that he is listening, and before the
      // project is seen: whoever deletes it after that is heard.
      const [[start]] = await service.database.read(actor, (sql) =>
        Promise.all([eventStart(sql), requireProject(sql, actor, id)]),
      )
      reply.hijack()
      response.writeHead(200, {
        ...(reply.getHeaders() as OutgoingHttpHeaders),
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      })
      response.write(': listening\n\n')
      const last = readPlace(request.headers['last-event-id'] ?? '')
      const place = last ?? placeBefore(start?.xid ?? '0')
      const isWelcome = async (): Promise<boolean> => {
        return (await app.identify(request))?.subject === actor.id
      }
      streams
        .serve({ actor, projectId: id, from: place, response, isWelcome })
        .catch((error: unknown) => request.log.warn({ err: error }, 'event stream ended'))
    },
  )
}
