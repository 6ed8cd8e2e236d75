import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

/**
 * Headers that concern one connection only and are not passed on (RFC 9110, 7.6.1). `expect` is
 * answered by the proxy itself, `host` becomes that of the revision.
 */
const notPassedOn = [
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
]

/** Headers of a request as they go on: names, values, names, values, … as they were written. */
export function forwardedHeaders(request: IncomingMessage): string[] {
  const passed = endToEnd(request)
  const add = (name: string, value: string): void => void passed.push(name, value)
  add('x-forwarded-for', request.socket.remoteAddress ?? 'unknown')
  if (request.headers['x-forwarded-proto'] === undefined) add('x-forwarded-proto', 'http')
  if (request.headers['x-forwarded-host'] === undefined && request.headers.host !== undefined) {
    add('x-forwarded-host', request.headers.host)
  }
  return passed
}

/** Headers of an answer as they go back. */
export function answeredHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const dropped = droppedOf(headers.connection)
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !dropped.has(name)))
}

function endToEnd({ rawHeaders, headers }: IncomingMessage): string[] {
  const dropped = droppedOf(headers.connection)
  const passed: string[] = []
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2)
    if (!dropped.has(name.toLowerCase())) passed.push(name, value)
  }
  return passed
}

function droppedOf(connection: string | undefined): ReadonlySet<string> {
  const named = connection?.split(',').map((name) => name.trim().toLowerCase()) ?? []
  return new Set([...notPassedOn, ...named])
}
