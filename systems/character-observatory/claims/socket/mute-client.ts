import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A client that hears everything and answers nothing. */
export interface MuteClient {
  readonly end: Promise<unknown>
  /** How often it was asked whether it is there. */
  pings(): number
  destroy(): void
}

/** A client that never answers, not even a ping: as one whose cable was pulled out. */
export async function openMuteClient(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<MuteClient> {
  const { hostname, port, pathname } = new URL(url)
  const socket: Socket = connect(Number(port), hostname)
  await once(socket, 'connect')
  const lines = Object.entries({
    host: `${hostname}:${port}`,
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    ...headers,
  }).map(([name, value]) => `${name}: ${value}`)
  socket.write([`GET ${pathname} HTTP/1.1`, ...lines, '', ''].join('\r\n'))
  const end = once(socket, 'close')
  const heard: Buffer[] = []
  socket.on('data', (data: Buffer) => heard.push(data))
  await once(socket, 'data')
  return {
    end,
    pings: () => pingsIn(Buffer.concat(heard)),
    destroy: () => void socket.destroy(),
  }
}

const headEnd = Buffer.from('\r\n\r\n')
const pingFrame = 0x89

/** Ping frames (RFC 6455, section 5) in all that a server has sent since the handshake. */
function pingsIn(heard: Buffer): number {
  let pings = 0
  for (let at = heard.indexOf(headEnd) + headEnd.length; at + 2 <= heard.length;) {
    if (heard[at] === pingFrame) pings += 1
    const short = heard.readUInt8(at + 1)
    if (short < 126) at += 2 + short
    else if (short === 126) at += 4 + heard.readUInt16BE(at + 2)
    else at += 10 + Number(heard.readBigUInt64BE(at + 2))
  }
  return pings
}
