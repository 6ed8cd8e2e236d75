import { eventually, type Actor, type SystemHandle } from 'etalon'

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

/** Somebody who watches an ecosystem. */
export interface Watcher {
  /** The next message that was not taken yet. */
  next(): Promise<ServerMessage>
  /** The next events, passing over other messages. */
  events(count: number): Promise<readonly ObservedEvent[]>
  say(message: object | string): void
  close(): void
  readonly closeCode: number | undefined
}

const patienceMs = 10_000

/** Opens a socket as an actor. */
export async function watch(
  system: SystemHandle,
  actor: Actor,
  ecosystem: string,
  lastSeq?: number,
): Promise<Watcher> {
  const query = lastSeq === undefined ? '' : `?last_seq=${lastSeq}`
  const url = `${system.url.replace('http', 'ws')}/api/v1/interactions/ws/${ecosystem}${query}`
  const socket = new WebSocket(url, { headers: { ...actor.headers } })
  const waiting: ServerMessage[] = []
  let closeCode: number | undefined
  socket.addEventListener('message', ({ data }) =>
    waiting.push(JSON.parse(String(data)) as ServerMessage),
  )
  socket.addEventListener('close', ({ code }) => {
    closeCode = code
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', () => reject(new Error('the socket was refused')))
  })
  const next = async (): Promise<ServerMessage> => {
    await eventually(() => waiting.length > 0 || closeCode !== undefined, patienceMs)
    const message = waiting.shift()
    if (message === undefined) throw new Error(`no message came; closed with ${closeCode}`)
    return message
  }
  return {
    next,
    async events(count) {
      const events: ObservedEvent[] = []
      while (events.length < count) {
        const { event } = await next()
        if (event !== undefined) events.push(event)
      }
      return events
    },
    say: (message) => socket.send(typeof message === 'string' ? message : JSON.stringify(message)),
    close: () => socket.close(),
    get closeCode() {
      return closeCode
    },
  }
}
