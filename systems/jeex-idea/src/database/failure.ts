import { AppError, isUnavailable } from 'service-kit'

/** The server is there and has had enough of one statement. */
const ofOneStatement = new Set(['57014', '55P03', '53000', '53100', '53200'])

/** Whether an error says that the connection was lost or could not be made. */
export function isConnectionLost(error: unknown): boolean {
  return isUnavailable(error) && !ofOneStatement.has(codeOf(error))
}

/** Whether an error says that no connection became free in time. */
export function isQueueTimeout(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith('timeout exceeded when trying to')
}

/** Whether the caller was told that the database is away. */
export function isDatabaseDown(error: unknown): boolean {
  return error instanceof AppError && error.code === 'JEEX_DATABASE_DOWN'
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
