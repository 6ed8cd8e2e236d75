import type { FastifyReply, FastifyRequest } from 'fastify'
import type { PoolClient } from 'pg'
import { inTransaction, once } from 'service-kit'
import { actorOf } from '../actor.ts'
import type { Service } from '../service.ts'

/**
 * Does what a request asks for in one transaction, and once for each `Idempotency-Key` of its
 * sender. A repeated answer carries the header `idempotent-replayed`.
 */
export async function doOnce<Body>(
  service: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  work: (tx: PoolClient, key: string | null) => Promise<Body>,
): Promise<Body> {
  const header = request.headers['idempotency-key']
  const key = typeof header === 'string' ? header : undefined
  const answer = await inTransaction(service.pool, (tx) =>
    once(
      tx,
      {
        actor: String(actorOf(request).id),
        key,
        request: { method: request.method, url: request.url, body: request.body },
        now: service.clock.now(),
      },
      () => work(tx, key ?? null),
    ),
  )
  if (answer.replayed) reply.header('idempotent-replayed', 'true')
  return answer.body
}
