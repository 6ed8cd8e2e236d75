import type { Reconnection } from 'page-kit'
import type { EcosystemEvent, ServerMessage } from './ecosystem-event.ts'

/** What a socket needs from the page that opens it. */
export interface SocketOptions {
  readonly ecosystem: string
  /** The last event that is here. */
  readonly lastSeq: number
  readonly onConnected: (reconnection: Reconnection) => void
  readonly onEvent: (event: EcosystemEvent) => void
  /** The service will not send what was missed. */
  readonly onLeftBehind: () => void
  readonly onFailed: () => void
}

const pingEveryMs = 30_000

/**
 * Opens the socket of an ecosystem; gives what closes it for good. A browser does not see a line
 * that has died silently, so the page asks, and gives the socket up when nothing came in between.
 */
export function openSocket(options: SocketOptions): () => void {
  const { ecosystem, lastSeq, onConnected, onEvent, onLeftBehind, onFailed } = options
  const origin = location.origin.replace(/^http/, 'ws')
  const socket = new WebSocket(`${origin}/api/v1/interactions/ws/${ecosystem}?last_seq=${lastSeq}`)
  let isAlive = true
  const hear = ({ data }: MessageEvent<string>): void => {
    isAlive = true
    const message = JSON.parse(data) as ServerMessage
    if (message.type === 'connection') onConnected(message.reconnection)
    if (message.type === 'ecosystem_event') onEvent(message.event)
    if (message.type === 'resync_required') onLeftBehind()
  }
  const end = (): void => {
    clearInterval(pinging)
    socket.removeEventListener('message', hear)
    socket.removeEventListener('close', fail)
    socket.close()
  }
  const fail = (): void => {
    end()
    onFailed()
  }
  const pinging = setInterval(() => {
    if (!isAlive) return fail()
    isAlive = false
    if (socket.readyState === WebSocket.OPEN) socket.send('{"type":"ping"}')
  }, pingEveryMs)
  socket.addEventListener('message', hear)
  socket.addEventListener('close', fail)
  return end
}
