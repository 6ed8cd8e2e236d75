import type { Dispatcher } from 'undici'
import type { Operation } from '../openapi.ts'
import { sendOver, type WireAnswer } from '../wire.ts'
import type { MadeRequest } from './request.ts'

/** What came back. */
export interface Answer extends WireAnswer {
  /** Parsed where the content type says JSON; the text otherwise. */
  readonly body: unknown
}

/** How requests are sent. */
export interface Line {
  readonly dispatcher: Dispatcher
  /** Where the API begins, such as `/api`; without a slash at its end. */
  readonly basePath: string
  /** What makes a request that of somebody who may call the operation. */
  readonly credentials: (operation: Operation) => Readonly<Record<string, string>>
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

const forged = { authorization: 'Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.' }

/** Path and query of a request. Half surrogate pairs go as the bytes that they would be. */
export function targetOf(operation: Operation, request: MadeRequest, basePath: string): string {
  const path = operation.path.replaceAll(/\{([^}]+)\}/g, (_all, name: string) =>
    encoded(request.path[name] ?? ''),
  )
  const query = Object.entries(request.query).map(
    ([name, value]) => `${encoded(name)}=${encoded(value)}`,
  )
  return basePath + path + (query.length === 0 ? '' : `?${query.join('&')}`)
}

/** Headers of a request, with what says who sends it. */
export function headersOf(
  operation: Operation,
  request: MadeRequest,
  credentials: Line['credentials'],
): Record<string, string> {
  const { body, credential, headers } = request
  const type = body.kind === 'raw' ? body.contentType : 'application/json'
  return {
    ...(body.kind === 'none' ? {} : { 'content-type': type }),
    ...(credential === 'given' ? credentials(operation) : {}),
    ...(credential === 'forged' ? forged : {}),
    ...headers,
  }
}

/** The bytes of a body as text; undefined when none is sent. */
export function bodyTextOf({ body }: MadeRequest): string | undefined {
  if (body.kind === 'none') return undefined
  return body.kind === 'raw' ? body.text : JSON.stringify(body.value)
}

/** Sends a request. What was not answered comes as an answer too, with status 0. */
export async function exchange(
  operation: Operation,
  request: MadeRequest,
  line: Line,
): Promise<Answer> {
  const answer = await sendOver(
    line.dispatcher,
    {
      method: operation.method,
      target: targetOf(operation, request, line.basePath),
      headers: headersOf(operation, request, line.credentials),
      body: bodyTextOf(request),
    },
    line,
  )
  const { contentType, text } = answer
  return { ...answer, body: contentType.endsWith('json') ? parsed(text) : text }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function encoded(text: string): string {
  return encodeURIComponent(text.toWellFormed()).replaceAll("'", '%27')
}
