import type { FastifyRequest } from 'fastify'
import { lead, LiveFeed, requestError, uuid, type App, type Archive } from 'service-kit'
import { liveRoute } from 'service-kit/serving'
import { z } from 'zod'
import { shapeOf } from '../event/envelope.ts'
import { relayEvents } from '../event/relay.ts'
import { viewOf } from '../operation/character-view.ts'
import { callerOf, ecosystemFor } from '../operation/membership.ts'
import type { Service } from '../service.ts'
import { listCharacters } from '../store/character.ts'
import { eventsBetween, lastSeqOf } from '../store/event.ts'
import { openEar } from './ear.ts'
import { Session } from './session.ts'

const pageSize = 500
const charactersShown = 1_000

/** The share of each pause that a client draws, so that those who were lost together come apart. */
const reconnectionJitter = 0.5

const handshake = z.object({
  params: z.object({ ecosystem: uuid }),
  querystring: z.object({ last_seq: z.coerce.number().int().nonnegative().optional() }),
})

/** Tells of events, and follows them for the clients of this process. */
export async function startLive(app: App, service: Service): Promise<{ stop(): Promise<void> }> {
  const { env, log, redis, cache } = service
  const onError = (error: unknown): void => log.warn({ err: error }, 'events cannot be read now')
  const archive = eventArchive(service)
  const feed = new LiveFeed(archive, onError)
  const ear = openEar(env.REDIS_URL, feed, onError)
  const reconnection = {
    first_ms: env.RECONNECT_FIRST_MS,
    max_ms: env.RECONNECT_MAX_MS,
    jitter: reconnectionJitter,
  }
  await liveRoute(app, {
    path: '/api/v1/interactions/ws/:ecosystem',
    roles: ['user', 'operator'],
    messageBytesMax: 65_536,
    socketsPerUserMax: env.SOCKETS_PER_USER_MAX,
    queue: {
      messagesMax: env.SOCKET_QUEUE_MAX,
      lengthMax: 16_000_000,
      resyncType: 'resync_required',
    },
    heartbeatMs: env.SOCKET_HEARTBEAT_MS,
    async admit(request) {
      const { ecosystem } = handshakeOf(request).params
      await ecosystemFor(service, callerOf(request), ecosystem, 'see')
    },
    onOpen(socket, request) {
      const { params, querystring } = handshakeOf(request)
      const { ecosystem } = params
      ear.follow(ecosystem)
      socket.closed.addEventListener('abort', () => ear.leave(ecosystem), { once: true })
      const session = new Session(socket, ecosystem, {
        feed,
        archive,
        resumeMax: env.RESUME_MAX,
        messagesPerSMax: env.SOCKET_MESSAGES_PER_S_MAX,
        reconnection,
        initialState: (id) => initialState(service, id),
        onError,
      })
      session.start(querystring.last_seq).catch((error: unknown) => {
        onError(error)
        socket.resync('the ecosystem cannot be read now')
      })
    },
  })
  const leader = lead({
    url: env.DATABASE_URL,
    applicationName: 'observatory-relay',
    name: 'observatory-relay',
    statementTimeoutMs: env.STATEMENT_TIMEOUT_MS,
    answerTimeoutMs: env.STATEMENT_TIMEOUT_MS + 1_000,
    work: (connection, signal) => relayEvents(connection, { redis, cache }, signal),
    onError: (error) => log.warn({ err: error }, 'the relay begins again'),
  })
  return {
    async stop() {
      feed.stop()
      await Promise.all([leader.stop(), ear.stop()])
    },
  }
}

/** @throws VALIDATION_FAILED with what is wrong with each field, as with any other request */
function handshakeOf({ params, query }: FastifyRequest): z.output<typeof handshake> {
  const { success, data, error } = handshake.safeParse({ params, querystring: query })
  if (success) return data
  const problems = error.issues.map(({ path, message }) => ({ path: path.join('.'), message }))
  throw requestError('VALIDATION_FAILED', problems)
}

function eventArchive({ pool, env }: Service): Archive {
  // A page has to have room in the queue of the client that is sent it.
  const size = Math.min(pageSize, env.SOCKET_QUEUE_MAX)
  return {
    async *between(ecosystem, after, upTo) {
      let reached = after
      while (reached < upTo) {
        const page = await eventsBetween(pool, ecosystem, reached, upTo, size)
        if (page.length === 0) return
        yield page.map((event) => ({
          channel: ecosystem,
          seq: event.seq,
          text: JSON.stringify(shapeOf(event)),
        }))
        reached = page.at(-1)?.seq ?? upTo
      }
    },
    async lastSeq(ecosystem) {
      const [row] = await lastSeqOf(pool, ecosystem)
      return row?.last_seq ?? 0
    },
  }
}

/** What is in the ecosystem now, as far as its picture needs it. */
async function initialState({ pool, clock }: Service, ecosystem: string): Promise<object> {
  const now = clock.now()
  const rows = await listCharacters(pool, ecosystem, charactersShown, 0)
  return {
    characters: rows.map((row) => {
      const { id, name, social_energy, emotions, interaction_count } = viewOf(row, now)
      return { id, name, social_energy, emotions, interaction_count }
    }),
  }
}
