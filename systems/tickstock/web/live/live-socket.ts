import type { ConnectionEvent, Positions } from './connection.ts'
import { resumeFrame, type Frame } from './frame.ts'

/** What a socket needs from the page that opens it. */
export interface SocketOptions {
  /** How far the page has come, when it is asked. */
  readonly positions: () => Positions
  readonly tell: (event: ConnectionEvent) => void
}

/** Opens the socket of the service that served this page; gives what closes it for good. */
export function openSocket({ positions, tell }: SocketOptions): () => void {
  const socket = new WebSocket(`${location.origin.replace(/^http/, 'ws')}/live`)
  socket.addEventListener('open', () => socket.send(resumeFrame(positions())))
  const hear = ({ data }: MessageEvent<string>): void => {
    const frame = JSON.parse(data) as Frame
    if (frame.type === 'notice') tell({ kind: 'noticed', notice: frame.notice })
    if (frame.type === 'live') tell({ kind: 'caught_up', positions: frame.positions })
    if (frame.type === 'resync') tell({ kind: 'left_behind' })
  }
  const fail = (): void => tell({ kind: 'failed', random: Math.random() })
  socket.addEventListener('message', hear)
  socket.addEventListener('close', fail)
  return () => {
    socket.removeEventListener('message', hear)
    socket.removeEventListener('close', fail)
    socket.close()
  }
}
