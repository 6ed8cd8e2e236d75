import type { Actor, Conversation, Sockets, SystemHandle } from 'etalon'

/** What a server says. */
export interface ServerMessage {
  readonly type: string
  readonly event?: ObservedEvent
  readonly [name: string]: unknown
}

export interface ObservedEvent {
  readonly id: string
  readonly seq: number
  readonly type: string
  readonly timestamp: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The path of an ecosystem's socket. */
export const livePath = (ecosystem: string): string => `/api/v1/interactions/ws/${ecosystem}`

/** Where the facts of an event stand in what the server says. */
export const reading = { sequence: 'event.seq', sentAt: 'event.timestamp', position: 'seq' }

/** Somebody who watches an ecosystem. */
export interface Watcher extends Conversation {
  /** The next message; undefined where none comes. */
  hear(): Promise<ServerMessage | undefined>
  /** The next events, passing over other messages; fewer where no more come. */
  events(count: number): Promise<readonly ObservedEvent[]>
  /** The next message of a type, passing over others. */
  message(type: string): Promise<ServerMessage | undefined>
}

/** Opens a socket as an actor; after `lastSeq` where it comes back. */
export async function watch(
  { sockets, system }: { readonly sockets: Sockets; readonly system: Pick<SystemHandle, 'url'> },
  actor: Pick<Actor, 'headers'>,
  ecosystem: string,
  lastSeq?: number,
): Promise<Watcher> {
  const query = lastSeq === undefined ? '' : `?last_seq=${lastSeq}`
  const url = `${system.url}${livePath(ecosystem)}${query}`
  const conversation = await sockets.connect(url, { headers: actor.headers })
  const hear = (): Promise<ServerMessage | undefined> => conversation.next<ServerMessage>()
  return Object.assign(conversation, {
    hear,
    async events(count: number) {
      const events: ObservedEvent[] = []
      while (events.length < count) {
        const message = await hear()
        if (message === undefined) return events
        if (message.event !== undefined) events.push(message.event)
      }
      return events
    },
    async message(type: string) {
      for (;;) {
        const message = await hear()
        if (message === undefined || message.type === type) return message
      }
    },
  })
}
