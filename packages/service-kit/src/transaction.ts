import { setTimeout as delay } from 'node:timers/promises'
import type { Pool, PoolClient } from 'pg'
import { isRetryable } from './constraint.ts'

const attemptsMax = 6
const backoffMsFirst = 4

/**
 * Runs work again when PostgreSQL ended it for a deadlock or a serialization failure: at most six
 * times in all, with a growing and jittered pause. Every other error passes through at once.
 */
export async function withRetry<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work()
    } catch (error) {
      if (attempt === attemptsMax || !isRetryable(error)) throw error
      await delay(backoffMsFirst * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }
}

/**
 * Runs work in one transaction (read committed) on one connection: commits what it did when it
 * returns, undoes all of it when it throws. Retried as {@link withRetry} says, so the work must
 * have no effect outside the database.
 */
export async function inTransaction<Result>(
  pool: Pool,
  work: (tx: PoolClient) => Promise<Result>,
): Promise<Result> {
  return withRetry(async () => {
    const client = await pool.connect()
    let broken: Error | undefined
    try {
      await client.query('BEGIN')
      const result = await work(client)
      await client.query('COMMIT')
      return result
    } catch (error) {
      broken = await rollBack(client)
      throw error
    } finally {
      client.release(broken)
    }
  })
}

/** A connection that cannot roll back is not given back to the pool; its error says so. */
async function rollBack(client: PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK')
    return undefined
  } catch (error) {
    return error as Error
  }
}
