/** What a registry says of one condition. */
export interface ErrorEntry {
  /** HTTP status of the answer. */
  readonly status: number
  readonly message: string
  /** What the caller can do about it. */
  readonly hint?: string
}

export type ErrorRegistry = Readonly<Record<string, ErrorEntry>>

/** An error that a caller meets; its code, status, sentence and hint stand in a registry. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: string
  readonly status: number
  readonly hint: string | undefined
  readonly details: unknown

  constructor(code: string, entry: ErrorEntry, details?: unknown) {
    super(entry.message)
    this.code = code
    this.status = entry.status
    this.hint = entry.hint
    this.details = details
  }
}

/** Makes the function that raises the errors of one registry: `throw fail('CODE', details)`. */
export function errorsFrom<Registry extends ErrorRegistry>(
  registry: Registry,
): (code: keyof Registry & string, details?: unknown) => AppError {
  return (code, details) => new AppError(code, registry[code] as ErrorEntry, details)
}

/** What may go wrong with any request of any system; the answer's code gets the system's prefix. */
export const requestErrors = {
  VALIDATION_FAILED: {
    status: 422,
    message: 'The request does not have the shape that this endpoint takes',
    hint: 'See details for each field; /docs shows the schema',
  },
  MALFORMED_REQUEST: {
    status: 400,
    message: 'The request could not be read',
    hint: 'Send a valid URL, and a body as valid JSON with content-type application/json',
  },
  UNAUTHENTICATED: {
    status: 401,
    message: 'A valid bearer token is needed',
    hint: 'Sign in and send the token as "Authorization: Bearer <token>"',
  },
  FORBIDDEN: { status: 403, message: 'Your role does not allow this' },
  CROSS_SITE_REFUSED: {
    status: 403,
    message: 'A request with a session must come from a page of this site',
    hint: 'Programs send a bearer token instead',
  },
  ROUTE_UNKNOWN: { status: 404, message: 'No such endpoint', hint: '/docs lists all endpoints' },
  METHOD_NOT_ALLOWED: { status: 405, message: 'This endpoint does not take this method' },
  CONFLICT: { status: 409, message: 'The request conflicts with what is already stored' },
  IDEMPOTENCY_KEY_REUSED: {
    status: 409,
    message: 'This idempotency key was used before, with a different request',
    hint: 'Use a new key for a new request',
  },
  BODY_TOO_LARGE: { status: 413, message: 'The request body is too large' },
  MEDIA_TYPE_UNSUPPORTED: {
    status: 415,
    message: 'This content type is not supported',
    hint: 'Send application/json',
  },
  RATE_LIMITED: {
    status: 429,
    message: 'Too many requests',
    hint: 'Wait for as many seconds as the retry-after header says',
  },
  RULE_VIOLATED: { status: 400, message: 'A rule of the data does not allow this value' },
  INTERNAL: {
    status: 500,
    message: 'Something went wrong on our side',
    hint: 'Tell us the requestId',
  },
  UNAVAILABLE: {
    status: 503,
    message: 'A part this service needs is not available right now',
    hint: 'Try again shortly',
  },
} as const satisfies ErrorRegistry

/** Raises one of {@link requestErrors}. */
export const requestError = errorsFrom(requestErrors)
