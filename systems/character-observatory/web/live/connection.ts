import { pauseMs, type Reconnection } from 'page-kit'

/**
 * Where the page stands with the service that tells it what happens. It only says what is the case;
 * what is done about it (a request, a socket, a timer) follows from the phase, see `live-feed.tsx`.
 *
 * - `reading`: the latest events are being read, after which the socket goes on
 * - `connecting`: a socket is being opened
 * - `live`: what happens is told here, and what was missed has come or is coming
 * - `waiting`: the next try comes in `retryInMs`
 * - `offline`: the browser has no network; no try until it has
 */
export interface Connection {
  readonly phase: 'reading' | 'connecting' | 'live' | 'waiting' | 'offline'
  /** Tries since the connection was last live. */
  readonly failures: number
  readonly retryInMs: number
  /** The latest events have to be read, at first and when the service sends them no more. */
  readonly isBehind: boolean
  /** How to come back, as the service has said it last. */
  readonly reconnection: Reconnection
}

/** What happens to a connection. */
export type ConnectionEvent =
  | { readonly kind: 'read' | 'left_behind' | 'retry_due' }
  | { readonly kind: 'connected'; readonly reconnection: Reconnection }
  /** @param random a number from 0 to 1 */
  | { readonly kind: 'failed'; readonly random: number }
  | { readonly kind: 'went_offline' | 'came_online' }

/** Until the service has said how. */
const usualReconnection: Reconnection = { first_ms: 1_000, max_ms: 30_000, jitter: 0.5 }

/** The connection of a page that was just opened. */
export function freshConnection(isOnline: boolean): Connection {
  return {
    phase: isOnline ? 'reading' : 'offline',
    failures: 0,
    retryInMs: 0,
    isBehind: true,
    reconnection: usualReconnection,
  }
}

/** The connection after something has happened to it. */
export function nextConnection(now: Connection, event: ConnectionEvent): Connection {
  switch (event.kind) {
    case 'read':
      return now.phase === 'reading' ? { ...now, phase: 'connecting', isBehind: false } : now
    case 'connected':
      return now.phase === 'connecting'
        ? { ...now, phase: 'live', failures: 0, reconnection: event.reconnection }
        : now
    case 'left_behind':
      return { ...now, isBehind: true }
    case 'failed':
      return failed(now, event.random)
    case 'retry_due':
      return now.phase === 'waiting' ? tryAgain(now) : now
    case 'went_offline':
      return { ...now, phase: 'offline' }
    case 'came_online':
      return now.phase === 'offline' ? tryAgain(now) : now
  }
}

function tryAgain(now: Connection): Connection {
  return { ...now, phase: now.isBehind ? 'reading' : 'connecting' }
}

function failed(now: Connection, random: number): Connection {
  if (now.phase === 'offline') return now
  const failures = now.failures + 1
  const retryInMs = pauseMs(now.reconnection, failures, random)
  return { ...now, phase: 'waiting', failures, retryInMs }
}
