import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { errors, type Pool } from 'undici'
import { monotonicMs } from '../../kernel/clock.ts'
import { messageOf } from '../../kernel/errors.ts'
import { answeredHeaders, forwardedHeaders } from './header.ts'
import type { OpenRequest, SideName } from './side-log.ts'

/** A revision that requests are forwarded to. */
export interface Target {
  readonly side: SideName
  readonly url: URL
  readonly pool: Pool
  /** Wait so long for the answer to begin, and between two pieces of it. */
  readonly timeoutMs: number
}

/** Names the side that answered, in every answer. */
const sideHeader = 'etalon-canary'

/**
 * Sends one request on and its answer back, both as streams. It is sent once: what a revision does
 * not answer is answered with 502, or 504 after its time, and counts as failed. Never rejects.
 */
export async function forward(
  request: IncomingMessage,
  response: ServerResponse,
  to: { readonly target: Target; readonly open: OpenRequest },
): Promise<void> {
  const { target, open } = to
  const startedAtMs = monotonicMs()
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  const end = (status?: number): void =>
    open.end(gone.signal.aborted ? undefined : { status, latencyMs: monotonicMs() - startedAtMs })
  try {
    const answer = await target.pool.request({
      method: request.method ?? 'GET',
      path: pathAt(target.url, request.url ?? '/'),
      headers: forwardedHeaders(request),
      body: hasBody(request) ? request : null,
      headersTimeout: target.timeoutMs,
      bodyTimeout: target.timeoutMs,
      signal: gone.signal,
    })
    open.answered()
    const headers = answeredHeaders(answer.headers)
    response.writeHead(answer.statusCode, { ...headers, [sideHeader]: target.side })
    await pipeline(answer.body, response)
    end(answer.statusCode)
  } catch (error) {
    end()
    if (gone.signal.aborted || response.headersSent) response.destroy()
    else refuse(request, response, target.side, error)
  }
}

/** Path and query of a request below the base URL of a revision. */
export function pathAt(base: URL, target: string): string {
  const { pathname, search } = new URL(target, 'http://proxy')
  const own = target.startsWith('/') ? target : pathname + search
  return base.pathname.replace(/\/$/, '') + own
}

function hasBody({ headers }: IncomingMessage): boolean {
  const length = headers['content-length']
  return headers['transfer-encoding'] !== undefined || (length !== undefined && length !== '0')
}

function refuse(
  request: IncomingMessage,
  response: ServerResponse,
  side: SideName,
  error: unknown,
): void {
  const late = error instanceof errors.HeadersTimeoutError
  const problem = late ? 'did not answer in time' : `gave no answer: ${messageOf(error)}`
  request.resume()
  response.writeHead(late ? 504 : 502, {
    'content-type': 'application/json',
    connection: 'close',
    [sideHeader]: side,
  })
  response.end(JSON.stringify({ error: `the ${side} revision ${problem}` }))
}
