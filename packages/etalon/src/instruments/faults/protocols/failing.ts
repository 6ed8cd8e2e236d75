import type { Protocol } from '../fault.ts'
import { postgresFailing } from './postgres-failing.ts'
import { redisFailing } from './redis-failing.ts'

/** What the system is told instead of an answer. */
export interface ToldError {
  /** SQLSTATE of PostgreSQL, first word of a Redis error. */
  readonly code: string
  readonly message: string
}

/**
 * How a request of a protocol is made to fail. The service itself refuses it, so that everything it
 * knows of the connection (an aborted transaction, the place in a pipeline) is true; only the words
 * of its refusal are exchanged on the way back.
 */
export interface Failing {
  /** The request, changed so that the service refuses it with an error that names `token`. */
  spoil(request: Buffer, token: string): Buffer
  /** What the system gets of the answer to it; nothing of what is dropped. */
  retell(answer: Buffer, token: string, error: ToldError): Buffer | undefined
}

/** @throws RangeError for a protocol without messages */
export function failingOf(protocol: Protocol): Failing {
  if (protocol === 'postgres') return postgresFailing
  if (protocol === 'redis') return redisFailing
  throw new RangeError('expected a link to postgres or redis, found one that reads no messages')
}
