import helmet from '@fastify/helmet'
import fastify, { type FastifyInstance } from 'fastify'

/** What every answer has anyway. */
const ownHeaders = new Set(['connection', 'content-length', 'date'])

/** Headers by their names. */
export type SafeHeaders = Readonly<Record<string, string>>

/**
 * Puts helmet's headers on every answer. They are the same for all of them, so helmet is asked
 * once, when the app starts: composing them for each request takes longer than the request itself.
 * Answers are data, of which nothing may be loaded, framed or run; the API page has its own policy.
 * They are given back too, for answers that no hook sees.
 */
export async function addSafeHeaders(app: FastifyInstance): Promise<SafeHeaders> {
  const asked = fastify()
  await asked.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
    // These say nothing more about data.
    crossOriginOpenerPolicy: false,
    originAgentCluster: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
    xXssProtection: false,
  })
  asked.get('/', (_request, reply) => reply.code(204).send())
  const answer = await asked.inject('/')
  await asked.close()
  const headers = Object.fromEntries(
    Object.entries(answer.headers)
      .filter(([name]) => !ownHeaders.has(name))
      .map(([name, value]) => [name, String(value)]),
  )
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers(headers)
    done()
  })
  return headers
}
