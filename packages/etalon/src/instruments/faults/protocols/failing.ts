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
