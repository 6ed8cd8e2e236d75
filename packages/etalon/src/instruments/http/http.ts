import { Pool, type Dispatcher } from 'undici'
import { monotonicMs } from '../../kernel/clock.ts'
import type { Session } from '../session.ts'
import { exchangeRecord, type HttpResponse } from './exchange.ts'
import { PendingResponse } from './pending-response.ts'

/** What a request may carry beside its path and body. */
export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>>
  readonly headers?: Readonly<Record<string, string>>
  /** Give up waiting for the answer after this long; 30 s unless given. */
  readonly timeoutMs?: number
}

/** Sends requests to one base URL as one actor. Bodies are sent as JSON; a string is sent as it is. */
export interface HttpClient {
  readonly baseUrl: string
  /** Whose requests these are, for the evidence. */
  readonly actor: string
  get<Body = unknown>(path: string, options?: RequestOptions): PendingResponse<Body>
  delete<Body = unknown>(path: string, options?: RequestOptions): PendingResponse<Body>
  post<Body = unknown>(
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ): PendingResponse<Body>
  put<Body = unknown>(path: string, body?: unknown, options?: RequestOptions): PendingResponse<Body>
  patch<Body = unknown>(
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ): PendingResponse<Body>
  /** Any method. */
  send<Body = unknown>(
    method: string,
    path: string,
    body?: unknown,
    options?: RequestOptions,
  ): PendingResponse<Body>
  /** The same connections, as another actor or with other headers. */
  as(actor: string, headers: Readonly<Record<string, string>>): HttpClient
  close(): Promise<void>
}

export interface HttpOptions {
  readonly baseUrl: string
  readonly session: Session
  /** Parallel connections at most. */
  readonly connections?: number
}

const timeoutMsDefault = 30_000

/**
 * Opens a client. Every exchange is recorded with its timing; an answer of any status is an answer,
 * and only a missing one (refused, reset, timed out) rejects.
 */
export function createHttp(options: HttpOptions): HttpClient {
  const pool = new Pool(new URL(options.baseUrl).origin, {
    connections: options.connections ?? 64,
    keepAliveTimeout: 30_000,
  })
  return clientOf(pool, options, 'anonymous', {})
}

function clientOf(
  pool: Pool,
  options: HttpOptions,
  actor: string,
  headers: Readonly<Record<string, string>>,
): HttpClient {
  const send = <Body>(
    method: string,
    path: string,
    body?: unknown,
    request: RequestOptions = {},
  ): PendingResponse<Body> =>
    new PendingResponse(
      exchange<Body>({ pool, options, actor, headers, method, path, body, request }),
    )
  return {
    baseUrl: options.baseUrl,
    actor,
    send,
    get: (path, request) => send('GET', path, undefined, request),
    delete: (path, request) => send('DELETE', path, undefined, request),
    post: (path, body, request) => send('POST', path, body, request),
    put: (path, body, request) => send('PUT', path, body, request),
    patch: (path, body, request) => send('PATCH', path, body, request),
    as: (name, further) => clientOf(pool, options, name, { ...headers, ...further }),
    close: () => pool.close(),
  }
}

interface Exchange {
  readonly pool: Pool
  readonly options: HttpOptions
  readonly actor: string
  readonly headers: Readonly<Record<string, string>>
  readonly method: string
  readonly path: string
  readonly body: unknown
  readonly request: RequestOptions
}

async function exchange<Body>(facts: Exchange): Promise<HttpResponse<Body>> {
  const { options, actor, method, path, body } = facts
  const { session, baseUrl } = options
  const url = new URL(baseUrl.replace(/\/$/, '') + path)
  for (const [name, value] of Object.entries(facts.request.query ?? {})) {
    if (value !== undefined) url.searchParams.set(name, String(value))
  }
  const record = {
    method,
    url: url.pathname + url.search,
    actor,
    ...(body === undefined ? {} : { body }),
  }
  const startedAtMs = monotonicMs()
  try {
    const answer = await facts.pool.request(dispatchOf(facts, record.url))
    const text = await answer.body.text()
    const response: HttpResponse<Body> = {
      status: answer.statusCode,
      headers: plainHeaders(answer.headers),
      body: parsed(text, answer.headers) as Body,
      text,
      durationMs: monotonicMs() - startedAtMs,
      request: record,
    }
    session.evidence.record('http', exchangeRecord(response))
    return response
  } catch (error) {
    const durationMs = Number((monotonicMs() - startedAtMs).toFixed(3))
    session.evidence.record('http', { ...record, body: undefined, error, durationMs })
    throw error
  }
}

function dispatchOf(facts: Exchange, path: string): Dispatcher.RequestOptions {
  const { method, body, request } = facts
  const timeoutMs = request.timeoutMs ?? timeoutMsDefault
  const json = body !== undefined && typeof body !== 'string'
  return {
    method,
    path,
    headers: {
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...facts.headers,
      ...request.headers,
    },
    ...(body === undefined ? {} : { body: json ? JSON.stringify(body) : body }),
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    signal: facts.options.session.signal,
  }
}

function plainHeaders(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  )
}

function parsed(text: string, headers: Dispatcher.ResponseData['headers']): unknown {
  if (![headers['content-type']].flat().join().includes('json') || text === '') return text
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
