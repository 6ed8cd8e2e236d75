import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'

/** One client of a {@link TalkingServer}. */
export interface Listener {
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly heard: string[]
  say(message: object | string): void
  cut(): void
}

/** As much of RFC 6455 as tests need: short texts in both directions, and connections that end. */
export interface TalkingServer {
  readonly url: string
  readonly listeners: readonly Listener[]
  /** Answers handshakes with this status from now on; 101 takes clients in. */
  status: number
  /** Called with each client that has come. */
  greet: (listener: Listener) => void
  close(): Promise<void>
}

const magic = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11'

export async function startTalkingServer(): Promise<TalkingServer> {
  const listeners: Listener[] = []
  const sockets = new Set<Duplex>()
  const http = createServer()
  const server = { status: 101, greet: (_listener: Listener): void => undefined }
  http.on('upgrade', (request, socket) => {
    sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.on('close', () => sockets.delete(socket))
    if (server.status !== 101) {
      socket.end(`HTTP/1.1 ${server.status} No\r\nconnection: close\r\n\r\n`)
      return
    }
    const key = `${request.headers['sec-websocket-key']}${magic}`
    const accept = createHash('sha1').update(key).digest('base64')
    const lines = ['HTTP/1.1 101 Yes', 'connection: Upgrade', 'upgrade: websocket']
    socket.write([...lines, `sec-websocket-accept: ${accept}`, '', ''].join('\r\n'))
    const { url = '', headers } = request
    const listener: Listener = {
      url,
      headers,
      heard: [],
      say: (message) => {
        const text = typeof message === 'string' ? message : JSON.stringify(message)
        socket.write(frameOf(Buffer.from(text)))
      },
      cut: () => socket.destroy(),
    }
    socket.on('data', (frame: Buffer) => {
      listener.heard.push(...textsOf(frame))
    })
    listeners.push(listener)
    server.greet(listener)
  })
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  const { port } = http.address() as AddressInfo
  return Object.assign(server, {
    url: `http://127.0.0.1:${port}`,
    listeners,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => http.close(resolve))
    },
  })
}

function frameOf(payload: Buffer): Buffer {
  const { length } = payload
  const head = length < 126 ? [0x81, length] : [0x81, 126, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), payload])
}

/** The texts of short, masked frames; a goodbye is none. */
function textsOf(frames: Buffer): string[] {
  const [first, size] = frames
  if (first !== 0x81 || size === undefined) return []
  const end = 6 + (size & 0x7f)
  const mask = frames.subarray(2, 6)
  const payload = frames.subarray(6, end).map((byte, at) => byte ^ (mask[at % 4] as number))
  return [Buffer.from(payload).toString(), ...textsOf(frames.subarray(end))]
}
