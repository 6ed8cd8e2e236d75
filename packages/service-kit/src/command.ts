import type { Pool } from 'pg'
import { uniqueViolation } from './constraint.ts'
import { connectPostgres, type PostgresOptions } from './postgres.ts'

/** Options of {@link withPool}. */
export type CommandPool = Pick<PostgresOptions, 'url' | 'applicationName'> &
  Partial<Pick<PostgresOptions, 'statementTimeoutMs' | 'poolMax'>>

/** Does the work of a command on a few connections, which are closed when it is done or failed. */
export async function withPool<Result>(
  options: CommandPool,
  work: (pool: Pool) => Promise<Result>,
): Promise<Result> {
  const pool = connectPostgres({
    poolMax: 4,
    statementTimeoutMs: 60_000,
    onIdleError: (error) => process.emitWarning(error),
    ...options,
  })
  try {
    return await work(pool)
  } finally {
    await pool.end()
  }
}

/**
 * Prints as JSON what `fill` gives: the sign-ins of the demo data it has made. Where their accounts
 * are there already it says so and sets the exit code to 1.
 */
export async function printDemo(fill: () => Promise<readonly object[]>): Promise<void> {
  try {
    process.stdout.write(`${JSON.stringify(await fill(), null, 2)}\n`)
  } catch (error) {
    if (uniqueViolation(error) !== 'users_email_key') throw error
    process.stderr.write('The demo data is there already; its passwords are kept nowhere\n')
    process.exitCode = 1
  }
}
