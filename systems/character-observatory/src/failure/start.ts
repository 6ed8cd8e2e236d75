import type { FastifyRequest } from 'fastify'
import type { App } from 'service-kit'
import { envelopeOf, receiverOf, type Failure, type Receiver } from './envelope.ts'

/** Envelopes that may wait; further ones are dropped, and stand in the log as all do. */
const waitingMax = 30

const patienceMs = 2_000

/** How long a receiver that has enough is left alone, where it does not say. */
const restS = 60

/**
 * Tells Sentry, or what speaks its protocol, of requests that fail, one after the other and beside
 * all else: nobody waits for it, and nothing of it reaches a request.
 */
export function reportFailures(
  app: App,
  { dsn, release }: { readonly dsn: string | undefined; readonly release: string },
): { stop(): Promise<void> } {
  const receiver = dsn === undefined ? undefined : receiverOf(dsn)
  if (receiver === undefined) return { stop: () => Promise.resolve() }
  const waiting: string[] = []
  let restsUntilMs = 0
  let sending: Promise<void> | undefined
  const sendAll = async (): Promise<void> => {
    for (let text = waiting.shift(); text !== undefined; text = waiting.shift()) {
      const restMs = await send(receiver, text, release).catch((error: unknown) => {
        app.log.warn({ err: error }, 'a failure could not be reported')
        return 0
      })
      if (restMs > 0) restsUntilMs = performance.now() + restMs
    }
    sending = undefined
  }
  const report = (failure: Failure): void => {
    if (waiting.length >= waitingMax || performance.now() < restsUntilMs) return
    waiting.push(envelopeOf(failure, release, new Date()))
    sending ??= sendAll()
  }
  const thrown = new WeakMap<FastifyRequest, unknown>()
  app.addHook('onError', (request, _reply, error, done) => {
    thrown.set(request, error)
    done()
  })
  app.addHook('onResponse', (request, reply, done) => {
    done()
    const { statusCode: status } = reply
    // Who is asked whether it is ready says no without an error.
    if (status < 500 || !thrown.has(request)) return
    const { id: requestId, method, routeOptions } = request
    const route = routeOptions.url ?? ''
    report({ error: thrown.get(request), requestId, method, route, status })
  })
  return {
    async stop() {
      waiting.length = 0
      await sending
    },
  }
}

/** @returns how long the receiver wants to be left alone, ms */
async function send({ url, key }: Receiver, body: string, release: string): Promise<number> {
  const client = release.replace('@', '/')
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-sentry-envelope',
      'x-sentry-auth': `Sentry sentry_version=7, sentry_client=${client}, sentry_key=${key}`,
    },
    body,
    signal: AbortSignal.timeout(patienceMs),
  })
  await answer.arrayBuffer()
  if (answer.status !== 429) return 0
  return 1_000 * (Number(answer.headers.get('retry-after')) || restS)
}
