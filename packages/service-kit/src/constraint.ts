import { requestError, type AppError } from './errors.ts'

/** The error of each named database constraint, for violations that mean something to a caller. */
export type ConstraintErrors = Readonly<Record<string, () => AppError>>

interface DatabaseError extends Error {
  readonly code: string
  readonly constraint?: string
}

/** PostgreSQL's codes for what ends well when the same work is tried again. */
const retryableCodes = new Set(['40001', '40P01'])

const unavailableCodes = new Set([
  '53000', // insufficient resources
  '53100',
  '53200',
  '53300', // too many connections
  '57014', // statement timeout
  '57P01', // the server is shutting down
  '57P02',
  '57P03', // the server is starting up
  '55P03', // lock timeout
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  // A server whose certificate nobody vouches for is not the database.
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_REVOKED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'EPROTO',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
])

/** Whether the error is a deadlock or a serialization failure. */
export function isRetryable(error: unknown): boolean {
  return error instanceof Error && 'code' in error && retryableCodes.has(String(error.code))
}

/**
 * Whether the error says that the database could not be reached or would not serve, rather than
 * anything about the statement.
 */
export function isUnavailable(error: unknown): boolean {
  return isDatabaseError(error) && (unavailableCodes.has(error.code) || isLostConnection(error))
}

/** The name of the unique constraint or index that the error says was violated. */
export function uniqueViolation(error: unknown): string | undefined {
  return isDatabaseError(error) && error.code === '23505' ? error.constraint : undefined
}

/**
 * Translates an error of the PostgreSQL driver into what the caller is told: the error registered
 * for the constraint's name, else one by the kind of violation. Gives `undefined` for anything
 * that is a defect of ours.
 */
export function fromDatabase(error: unknown, constraints: ConstraintErrors): AppError | undefined {
  if (!isDatabaseError(error)) return undefined
  const named = error.constraint === undefined ? undefined : constraints[error.constraint]
  if (named) return named()
  if (unavailableCodes.has(error.code) || retryableCodes.has(error.code)) {
    return requestError('UNAVAILABLE')
  }
  switch (error.code) {
    case '23505': // unique violation
    case '23503': // foreign key violation
    case '23P01': // exclusion violation
      return requestError('CONFLICT')
    case '23514': // check violation
    case '22003': // numeric value out of range
      return requestError('RULE_VIOLATED')
    case '22021': // a byte that the encoding does not have, such as NUL
    case '22007': // not a date
    case '22008': // a date out of range
      return requestError('VALIDATION_FAILED')
    default:
      return isLostConnection(error) ? requestError('UNAVAILABLE') : undefined
  }
}

function isDatabaseError(error: unknown): error is DatabaseError {
  if (!(error instanceof Error)) return false
  return ('code' in error && typeof error.code === 'string') || isLostConnection(error)
}

/** The driver gives these no code, only a sentence. */
function isLostConnection(error: Error): boolean {
  return (
    error.message.startsWith('Connection terminated') ||
    error.message.startsWith('timeout exceeded when trying to connect') ||
    error.message.startsWith('Query read timeout') ||
    error.message.startsWith('Client has encountered a connection error') ||
    error.message.startsWith('The server does not support SSL connections')
  )
}
