import websocket from '@fastify/websocket'
import type { FastifyRequest } from 'fastify'
import type { App } from './app.ts'
import type { Identity } from './auth.ts'
import { AppError, requestError } from './errors.ts'
import { closeCodes, LiveSocket, type QueueLimit, type Wire } from './live-socket.ts'
import { refuseForeignPage } from './session.ts'

/** Options of {@link liveRoute}. */
export interface LiveRouteOptions {
  readonly path: string
  readonly roles: readonly [string, ...string[]]
  /** Bytes of one message of a client. */
  readonly messageBytesMax: number
  readonly socketsPerUserMax: number
  readonly queue: QueueLimit
  /** How often each client is asked whether it is there; twice without an answer ends it. */
  readonly heartbeatMs: number
  /**
   * Asked before a client is let in, when what it throws is the answer; and with every heartbeat,
   * when a refusal ends the connection.
   */
  readonly admit?: (request: FastifyRequest) => Promise<void>
  /** Called for every client that has come, with the request it came by. */
  readonly onOpen: (socket: LiveSocket, request: FastifyRequest) => void
}

/**
 * Adds a route for lasting connections (WebSocket), for those who are signed in with one of the
 * roles: programs by a token, pages of this origin by their session. Who is signed out, loses the
 * role or would not be admitted any more is let go with the next heartbeat. An app has at most one.
 */
export async function liveRoute(app: App, options: LiveRouteOptions): Promise<void> {
  const open = new Map<LiveSocket, FastifyRequest>()
  // Who is being let in has a place already, or several at once would each find the last one free.
  const coming = new Set<FastifyRequest>()
  const isFull = ({ subject }: Identity): boolean =>
    [...open.values(), ...coming].filter(({ identity }) => identity?.subject === subject).length >=
    options.socketsPerUserMax

  await app.register(websocket, {
    options: { maxPayload: options.messageBytesMax, perMessageDeflate: false },
    preClose: (done) => {
      clearInterval(heart)
      for (const socket of open.keys()) socket.end(closeCodes.goingAway, 'the service closes')
      done()
    },
  })
  app.get(
    options.path,
    {
      websocket: true,
      config: { access: { roles: options.roles } },
      preValidation: async (request) => {
        refuseForeignPage(request)
        if (isFull(request.identity as Identity)) throw requestError('RATE_LIMITED')
        coming.add(request)
        request.raw.socket.once('close', () => coming.delete(request))
        await options.admit?.(request)
      },
    },
    (wire: Wire, request: FastifyRequest) => {
      const socket = new LiveSocket(wire, request.identity as Identity, options.queue)
      coming.delete(request)
      open.set(socket, request)
      socket.closed.addEventListener('abort', () => open.delete(socket), { once: true })
      options.onOpen(socket, request)
    },
  )

  const isWelcome = async (request: FastifyRequest): Promise<boolean> => {
    const identity = await app.identify(request)
    if (identity === undefined || !options.roles.includes(identity.role)) return false
    try {
      await options.admit?.(request)
      return true
    } catch (error) {
      if (error instanceof AppError && error.status < 500) return false
      throw error
    }
  }
  const beat = (): void => {
    for (const [socket, request] of open) {
      socket.beat()
      isWelcome(request).then(
        (welcome) => {
          if (!welcome) socket.end(closeCodes.refused, 'not admitted any more')
        },
        // Whoever cannot be looked up now is looked up with the next beat.
        () => undefined,
      )
    }
  }
  const heart = setInterval(beat, options.heartbeatMs)
}
