/** What an answer of the one error shape says, or what kept a request from being answered. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly code: string
  /** 0 when there was no answer. */
  readonly status: number
  readonly hint: string | undefined
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(problem: {
    readonly code: string
    readonly status: number
    readonly message: string
    readonly hint?: string | undefined
    readonly details?: unknown
    readonly requestId?: string | undefined
  }) {
    super(problem.message)
    this.code = problem.code
    this.status = problem.status
    this.hint = problem.hint
    this.details = problem.details
    this.requestId = problem.requestId
  }
}

/** Values of a query; those that are undefined or empty are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

export interface SendOptions {
  readonly query?: Query
  readonly body?: unknown
  /** Makes a request that is sent again count once; see {@link freshKey}. */
  readonly idempotencyKey?: string
  readonly signal?: AbortSignal
}

/** Calls the service that served the page. */
export interface Client {
  /** @throws ApiError */
  get<Answer>(path: string, query?: Query, signal?: AbortSignal): Promise<Answer>
  /** @throws ApiError */
  send<Answer>(method: string, path: string, options?: SendOptions): Promise<Answer>
}

/** A key for one intention of a user: the same for every try, another for the next intention. */
export function freshKey(): string {
  return crypto.randomUUID()
}

/**
 * @param prefix first part of every path
 * @param onSignedOut called when a session turns out to have ended
 */
export function createClient(prefix: string, onSignedOut: () => void): Client {
  const send = async <Answer>(
    method: string,
    path: string,
    { query = {}, body, idempotencyKey, signal }: SendOptions = {},
  ): Promise<Answer> => {
    const headers: Record<string, string> = { accept: 'application/json' }
    if (body !== undefined) headers['content-type'] = 'application/json'
    if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey
    const answer = await fetch(prefix + path + queryText(query), {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
      signal: signal ?? null,
    }).catch((error: unknown) => {
      if (signal?.aborted) throw error
      throw new ApiError({
        code: 'NETWORK',
        status: 0,
        message: 'The service could not be reached',
        hint: 'Look at your connection and try again',
      })
    })
    if (answer.status === 204) return undefined as Answer
    const content: unknown = await answer.json().catch(() => undefined)
    if (answer.ok) return content as Answer
    const error = toError(answer.status, content)
    if (error.code.endsWith('_UNAUTHENTICATED')) onSignedOut()
    throw error
  }
  return {
    get: (path, query, signal) =>
      send('GET', path, { ...(query ? { query } : {}), ...(signal ? { signal } : {}) }),
    send,
  }
}

function queryText(query: Query): string {
  const given = Object.entries(query).flatMap(([name, value]) =>
    value === undefined || value === '' ? [] : [[name, String(value)]],
  )
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`
}

interface ErrorContent {
  readonly error?: {
    readonly code?: string
    readonly message?: string
    readonly hint?: string
    readonly details?: unknown
    readonly requestId?: string
    /** What a service calls it whose requests belong together. */
    readonly correlation_id?: string
  }
}

function toError(status: number, content: unknown): ApiError {
  const told = (content as ErrorContent | undefined)?.error
  return new ApiError({
    code: told?.code ?? 'UNREADABLE',
    status,
    message: told?.message ?? `The service answered ${status}`,
    hint: told?.hint,
    details: told?.details,
    requestId: told?.requestId ?? told?.correlation_id,
  })
}
