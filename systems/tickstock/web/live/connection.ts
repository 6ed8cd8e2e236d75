import { pauseMs } from 'page-kit'
import { keyOfNotice, type Notice } from './notice.ts'

/** The last number of each channel that is here. */
export type Positions = Readonly<Record<string, number>>

/**
 * Where the page stands with the service that tells it news. It only says what is the case; what is
 * done about it (a request, a socket, a timer) follows from the phase, see `live-feed.tsx`.
 *
 * - `reading`: the latest notices are being read, from which the socket goes on
 * - `connecting`: a socket is being opened, or sends what was missed
 * - `live`: everything told so far is here
 * - `waiting`: the next try comes in `retryInMs`
 * - `offline`: the browser has no network; no try until it has
 */
export interface Connection {
  readonly phase: 'reading' | 'connecting' | 'live' | 'waiting' | 'offline'
  /** Tries since the connection was last live. */
  readonly failures: number
  readonly retryInMs: number
  /** `null` until the latest notices were read. */
  readonly positions: Positions | null
  /** The service did not send what was missed, so that the latest have to be read again. */
  readonly isBehind: boolean
  /** Newest first. */
  readonly notices: readonly Notice[]
  /** Notices that came late, after the connection was last away. */
  readonly caughtUp: number
  /** Whether it was ever live: what comes before is the beginning and no catching up. */
  readonly hasBeenLive: boolean
}

/** What happens to a connection. */
export type ConnectionEvent =
  /** The latest notices, and how far they go in every channel. */
  | { readonly kind: 'read'; readonly notices: readonly Notice[]; readonly positions: Positions }
  /** Older notices of a channel, which somebody asked for. */
  | { readonly kind: 'read_back'; readonly notices: readonly Notice[] }
  | { readonly kind: 'noticed'; readonly notice: Notice }
  /** Everything that was missed has been sent. */
  | { readonly kind: 'caught_up'; readonly positions: Positions }
  /** What was missed will not be sent. */
  | { readonly kind: 'left_behind' }
  /** @param random a number from 0 to 1 */
  | { readonly kind: 'failed'; readonly random: number }
  | { readonly kind: 'retry_due' }
  | { readonly kind: 'went_offline' }
  | { readonly kind: 'came_online' }

/** How many notices a page keeps. */
export const keptMax = 500

const reconnection = { first_ms: 500, max_ms: 15_000, jitter: 0.5 }

/** The connection of a page that was just opened. */
export function freshConnection(isOnline: boolean): Connection {
  return {
    phase: isOnline ? 'reading' : 'offline',
    failures: 0,
    retryInMs: 0,
    positions: null,
    isBehind: false,
    notices: [],
    caughtUp: 0,
    hasBeenLive: false,
  }
}

/** The connection after something has happened to it. */
export function nextConnection(now: Connection, event: ConnectionEvent): Connection {
  switch (event.kind) {
    case 'read':
      return read(now, event)
    case 'read_back':
      return { ...now, notices: event.notices.reduce(withNotice, now.notices) }
    case 'noticed':
      return noticed(now, event.notice)
    case 'caught_up':
      return { ...now, phase: 'live', failures: 0, positions: event.positions, hasBeenLive: true }
    case 'left_behind':
      return { ...now, isBehind: true }
    case 'failed':
      return failed(now, event.random)
    case 'retry_due':
      return now.phase === 'waiting' ? tryAgain(now) : now
    case 'went_offline':
      return { ...away(now), phase: 'offline' }
    case 'came_online':
      return now.phase === 'offline' ? tryAgain(now) : now
  }
}

function tryAgain(now: Connection): Connection {
  return { ...now, phase: now.positions === null || now.isBehind ? 'reading' : 'connecting' }
}

/** What comes late is counted from when the connection was last live. */
function away(now: Connection): Connection {
  return now.phase === 'live' ? { ...now, caughtUp: 0 } : now
}

/** Takes in the latest. Where they leave something out after what is here, they stand alone. */
function read(
  now: Connection,
  { notices, positions }: Extract<ConnectionEvent, { kind: 'read' }>,
): Connection {
  const here = now.positions ?? {}
  const news = notices.filter(({ channel, seq }) => seq > (here[channel] ?? 0))
  const isWhole = Object.entries(positions).every(
    ([of, last]) => last - (here[of] ?? 0) <= news.filter(({ channel }) => channel === of).length,
  )
  return {
    ...now,
    phase: now.phase === 'reading' ? 'connecting' : now.phase,
    positions,
    isBehind: false,
    notices: isWhole ? news.reduce(withNotice, now.notices) : notices.toSorted(newestFirst),
    caughtUp: now.caughtUp + (now.hasBeenLive ? news.length : 0),
  }
}

/** Takes a notice in, once: one that is here already is passed over. */
function noticed(now: Connection, notice: Notice): Connection {
  const { positions, phase, hasBeenLive } = now
  if (notice.seq <= (positions?.[notice.channel] ?? 0)) return now
  const isLate = phase === 'connecting' && hasBeenLive
  return {
    ...now,
    positions: { ...positions, [notice.channel]: notice.seq },
    notices: withNotice(now.notices, notice),
    caughtUp: now.caughtUp + (isLate ? 1 : 0),
  }
}

function failed(now: Connection, random: number): Connection {
  if (now.phase === 'offline') return now
  const failures = now.failures + 1
  const retryInMs = pauseMs(reconnection, failures, random)
  return { ...away(now), phase: 'waiting', failures, retryInMs }
}

/** Puts a notice where it belongs, unless it is there. */
function withNotice(kept: readonly Notice[], notice: Notice): readonly Notice[] {
  const key = keyOfNotice(notice)
  if (kept.some((one) => keyOfNotice(one) === key)) return kept
  const at = kept.findIndex((one) => newestFirst(notice, one) < 0)
  return kept.toSpliced(at < 0 ? kept.length : at, 0, notice).slice(0, keptMax)
}

function newestFirst(a: Notice, b: Notice): number {
  return Date.parse(b.timestamp) - Date.parse(a.timestamp) || b.seq - a.seq
}
