import type { Session } from '../session.ts'
import { openConversation, type Conversation, type ConversationOptions } from './conversation.ts'
import { openCrowd, type Crowd } from './crowd.ts'
import type { Reconnection } from './crowd-message.ts'
import type { Reading } from './reading.ts'

/** WebSocket clients of a system: one that talks, or hundreds that listen. */
export interface Sockets {
  /**
   * Connects one client; done when it is open, was refused, or nobody answered.
   *
   * @param to a path of the system's first process, or a URL (`http` and `ws` are the same)
   */
  connect(to: string, options?: ConversationOptions): Promise<Conversation>
  /**
   * Opens many clients in a process of its own, so that neither delays the other.
   *
   * @param to where clients are dealt out to, and whither they come back in turn
   * @throws ETALON_SOCKETS_DRIVER_FAILED
   */
  crowd(to: string | readonly string[], options: CrowdOptions): Promise<Crowd>
  /** Ends all clients. */
  close(): void
}

/** Options of a crowd. */
export interface CrowdOptions {
  readonly clients: number
  /** Of all clients; a list is dealt out to them. */
  readonly headers?: Readonly<Record<string, string>> | readonly Readonly<Record<string, string>>[]
  /** Where the facts of a message stand in it. */
  readonly reading: Reading
  /** Clients that begin to connect in a second; 200 unless given. */
  readonly arrivalHz?: number
  /** Whoever is cut off comes back so; never unless given. */
  readonly reconnection?: Reconnection
  /** The parameter of the URL that says after which sequence a client that comes back goes on. */
  readonly resumeParameter?: string
  /** A message that takes longer is late; none is unless given. */
  readonly lateAfterMs?: number
  /** How long all may take to be connected; 30 s unless given. */
  readonly openTimeoutMs?: number
}

/** Opens the instrument; `baseUrl` is what paths are completed with. */
export function createSockets(session: Session, baseUrl: string): Sockets {
  const open = new Set<{ readonly end: () => void }>()
  const urlOf = (to: string): string => new URL(to, baseUrl).href.replace(/^http/, 'ws')
  return {
    connect: async (to, options = {}) => {
      const conversation = await openConversation(urlOf(to), options, session.signal)
      open.add({ end: () => conversation.cut() })
      return conversation
    },
    crowd: async (to, options) => {
      const { headers = {}, arrivalHz = 200, openTimeoutMs = 30_000 } = options
      const crowd = await openCrowd(session, {
        urls: [to].flat().map(urlOf),
        clients: options.clients,
        headers: [headers].flat(),
        reading: options.reading,
        arrivalHz,
        reconnection: options.reconnection,
        resumeParameter: options.resumeParameter,
        lateAfterMs: options.lateAfterMs,
        openTimeoutMs,
        seed: session.random.fork('sockets').seed,
      })
      open.add({ end: () => crowd.close() })
      return crowd
    },
    close: () => {
      for (const { end } of open) end()
      open.clear()
    },
  }
}
