import type { Writable } from 'node:stream'
import type { PoolClient } from 'pg'

/** The driver's connection, which its types do not show. */
interface Connected {
  readonly connection?: { readonly stream?: Writable }
}

/**
 * Sends what `send` sends at once as one write, instead of one for each part of each message: the
 * server then wakes up once.
 */
export function inOneWrite<Result>(client: PoolClient, send: () => Result): Result {
  const stream = (client as Connected).connection?.stream
  stream?.cork()
  try {
    return send()
  } finally {
    stream?.uncork()
  }
}
