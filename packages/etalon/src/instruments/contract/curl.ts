import type { Operation } from '../openapi.ts'
import { bodyTextOf, headersOf, targetOf } from './exchange.ts'
import type { MadeRequest } from './request.ts'

const bodyCharactersMax = 2_000

/**
 * A request as a command that sends it again. Who sends it is left open: `$CREDENTIALS` stands for
 * the header that says so.
 */
export function curlOf(operation: Operation, request: MadeRequest, baseUrl: string): string {
  const url = new URL(baseUrl)
  const target = targetOf(operation, request, url.pathname.replace(/\/$/, ''))
  const headers = Object.entries(headersOf(operation, request, () => ({})))
  const body = bodyTextOf(request)
  const shown =
    body !== undefined && body.length > bodyCharactersMax
      ? `${body.slice(0, bodyCharactersMax)}… (${body.length} characters)`
      : body
  return [
    `curl -i -X ${operation.method} ${quoted(url.origin + target)}`,
    ...(request.credential === 'given' && !operation.isPublic ? ['-H "$CREDENTIALS"'] : []),
    ...headers.map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`),
    ...(shown === undefined ? [] : [`--data-binary ${quoted(shown)}`]),
  ].join(' ')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`
}
