import type { Pool, PoolClient } from 'pg'
import { withRetry, type Sql } from 'service-kit'
import { limitSilence, tryLease } from '../store/sync-lease.ts'

const leaseName = 'tickstock-sync-run'

/** A holder that says nothing for so long has hung; the server ends its session. */
const silence = '30s'

/** What came of {@link withRunLease}. */
export type Leased<Result> = { readonly held: true; readonly result: Result } | { held: false }

/**
 * Does work while no other process synchronizes, on the connection that holds the lease: when that
 * is lost, nothing more is written by whoever believes he holds it. Does nothing while another
 * process holds it.
 */
export async function withRunLease<Result>(
  pool: Pool,
  work: (connection: PoolClient) => Promise<Result>,
): Promise<Leased<Result>> {
  const connection = await pool.connect()
  try {
    const [lease] = await tryLease(connection, leaseName)
    if (lease?.held !== true) return { held: false }
    await limitSilence(connection, silence)
    return { held: true, result: await work(connection) }
  } finally {
    // Closed and not given back: the lease ends with it, and so do its settings.
    connection.release(true)
  }
}

/** One transaction on a connection; done again when it lost against another one. */
export async function transactionOn<Result>(
  connection: PoolClient,
  work: (tx: Sql) => Promise<Result>,
): Promise<Result> {
  return withRetry(async () => {
    await connection.query('begin')
    try {
      const result = await work(connection)
      await connection.query('commit')
      return result
    } catch (error) {
      // What broke the connection is the error to tell, not that it cannot roll back either.
      await connection.query('rollback').catch(() => undefined)
      throw error
    }
  })
}
