import { request } from 'node:http'

/** An answer of the service. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** The text as JSON; undefined where it is none. */
  readonly body: unknown
}

/** What a request carries. */
export interface Question {
  readonly body?: unknown
  /** Sent as it stands, for requests that are no JSON. */
  readonly raw?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Asks the service in somebody's name. */
export type Caller = (method: string, path: string, question?: Question) => Promise<Answer>

/** A caller with a bearer token, or without one. */
export function callerWith(baseUrl: string, token?: string): Caller {
  return async (method, path, { body, raw, headers } = {}) => {
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body))
    const answer = await fetch(`${baseUrl}${path}`, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(content === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content === undefined ? {} : { body: content }),
      signal: AbortSignal.timeout(60_000),
    })
    const text = await answer.text()
    return { status: answer.status, headers: answer.headers, text, body: parsed(text) }
  }
}

/**
 * The status of the answer to a request that says how large its body is and sends none of it: who
 * sends a body that is refused half-way may lose the answer.
 */
export function statusOfLargeBody(baseUrl: string, bytes: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': bytes }
    const asked = request(`${baseUrl}/auth/sign-in`, { method: 'POST', headers, timeout: 10_000 })
    asked.once('response', (answer) => {
      resolve(answer.statusCode)
      asked.destroy()
    })
    asked.once('timeout', () => asked.destroy(new Error('no answer to a body that is too large')))
    asked.on('error', reject)
    asked.flushHeaders()
  })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
