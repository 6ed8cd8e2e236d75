import type { FastifyReply, FastifyRequest } from 'fastify'
import { once, type Sql } from 'service-kit'
import { actorOf } from '../actor.ts'
import type { Service } from '../service.ts'

/**
 * Does what a request asks for as one unit of work, and once for each `Idempotency-Key` of its
 * sender. A repeated answer carries the header `idempotent-replayed`.
 */
export async function doOnce<Body>(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tx: Sql) => Promise<Body>,
): Promise<Body> {
  const actor = actorOf(request)
  const header = request.headers['idempotency-key']
  const answer = await service.database.write(actor, (tx) =>
    once(
      tx,
      {
        actor: actor.id,
        key: typeof header === 'string' ? header : undefined,
        request: { method: request.method, url: request.url, body: request.body },
        now: service.clock.now(),
      },
      () => work(tx),
    ),
  )
  if (answer.replayed) reply.header('idempotent-replayed', 'true')
  return answer.body
}
