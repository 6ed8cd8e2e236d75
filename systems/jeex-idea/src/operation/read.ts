import type { FastifyReply, FastifyRequest } from 'fastify'
import { actorOf } from '../actor.ts'
import { isDatabaseDown } from '../database/failure.ts'
import type { Service } from '../service.ts'

/**
 * Answers a read; while the database is away, with what the same caller was told before, marked as
 * stale: `x-stale: true`, its age in seconds as `age`, and a `warning`.
 */
export async function readOrRemember<Body>(
  { memory }: Service,
  request: FastifyRequest,
  reply: FastifyReply,
  read: () => Promise<Body>,
): Promise<Body> {
  const { id } = actorOf(request)
  const keep = memory.begin(id, request.url)
  try {
    const body = await read()
    keep(body)
    return body
  } catch (error) {
    if (!isDatabaseDown(error)) throw error
    const remembered = await memory.find(id, request.url)
    if (remembered === undefined) throw error
    reply.header('x-stale', 'true')
    reply.header('age', Math.round((Date.now() - remembered.atMs) / 1_000))
    reply.header('warning', '110 - "Response is Stale"')
    return remembered.body as Body
  }
}
