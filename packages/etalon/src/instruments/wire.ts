import type { Dispatcher } from 'undici'
import { monotonicMs } from '../kernel/clock.ts'
import { messageOf } from '../kernel/errors.ts'

/** A request as it goes over the wire. */
export interface WireRequest {
  readonly method: string
  /** Path and query, sent as they are. */
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string | undefined
}

/** What came back. */
export interface WireAnswer {
  /** 0 when nothing came back. */
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Without parameters such as the charset, in lower case; empty when there is none. */
  readonly contentType: string
  readonly text: string
  readonly durationMs: number
  /** Why there is no answer. */
  readonly lost?: string
}

/**
 * Sends one request of the many that an instrument makes up, without keeping it as evidence. What
 * is not answered comes as an answer too. Of a stream of events, which does not end, only its head
 * is read.
 *
 * @throws the signal's reason once it is aborted
 */
export async function sendOver(
  dispatcher: Dispatcher,
  request: WireRequest,
  limits: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<WireAnswer> {
  const startedAtMs = monotonicMs()
  const durationMs = (): number => monotonicMs() - startedAtMs
  try {
    const answer = await dispatcher.request({
      method: request.method,
      path: request.target,
      headers: request.headers,
      body: request.body ?? null,
      headersTimeout: limits.timeoutMs,
      bodyTimeout: limits.timeoutMs,
      signal: limits.signal,
    })
    const headers = plain(answer.headers)
    const contentType = headers['content-type']?.split(';', 1)[0]?.trim().toLowerCase() ?? ''
    const text = await textOf(answer.body, contentType)
    return { status: answer.statusCode, headers, contentType, text, durationMs: durationMs() }
  } catch (error) {
    limits.signal.throwIfAborted()
    const nothing = { status: 0, headers: {}, contentType: '', text: '' }
    return { ...nothing, durationMs: durationMs(), lost: messageOf(error) }
  }
}

async function textOf(body: Dispatcher.ResponseData['body'], contentType: string): Promise<string> {
  if (contentType !== 'text/event-stream') return body.text()
  body.on('error', () => {})
  body.destroy()
  return ''
}

function plain(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]),
  )
}
