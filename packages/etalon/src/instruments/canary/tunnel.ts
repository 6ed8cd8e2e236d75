import type { IncomingMessage } from 'node:http'
import { connect as connectPlain, type Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { pathAt, type Target } from './forward.ts'

/**
 * Joins a connection that asks to be upgraded (a WebSocket) with a revision, byte by byte. Such
 * connections follow the split and are not counted: they have no latency.
 */
export function tunnel(request: IncomingMessage, client: Duplex, head: Buffer, to: Target): void {
  const revision = connectTo(to.url)
  const end = (): void => {
    client.destroy()
    revision.destroy()
  }
  for (const stream of [client, revision]) stream.once('error', end).once('close', end)
  const path = pathAt(to.url, request.url ?? '/')
  revision.write(`${request.method} ${path} HTTP/1.1\r\n${headersOf(request, to.url)}\r\n\r\n`)
  revision.write(head)
  client.pipe(revision).pipe(client)
}

function connectTo({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[|\]$/g, '')
  return protocol === 'https:'
    ? connectTls({ host, port: Number(port || 443), servername: host })
    : connectPlain({ host, port: Number(port || 80) })
}

function headersOf({ rawHeaders, socket }: IncomingMessage, { host }: URL): string {
  const lines = [`x-forwarded-for: ${socket.remoteAddress ?? 'unknown'}`]
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    lines.push(`${name}: ${name.toLowerCase() === 'host' ? host : value}`)
  }
  return lines.join('\r\n')
}
