import type { Pool, PoolClient } from 'pg'
import { inTransaction } from './transaction.ts'

/**
 * Runs work in a transaction that at most one process holds at a time under this name. Gives
 * `undefined`, without running anything, when another process holds it.
 */
export async function withLease<Result>(
  pool: Pool,
  name: string,
  work: (tx: PoolClient) => Promise<Result>,
): Promise<Result | undefined> {
  return inTransaction(pool, async (tx) => {
    const { rows } = await tx.query<{ held: boolean }>({
      text: 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held',
      values: [name],
    })
    return rows[0]?.held === true ? work(tx) : undefined
  })
}
