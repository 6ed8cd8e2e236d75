import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** A client that never answers, not even a ping: as one whose cable was pulled out. */
export async function openMuteClient(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<{ readonly end: Promise<unknown>; destroy(): void }> {
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
  await once(socket, 'data')
  socket.resume()
  return { end, destroy: () => socket.destroy() }
}
