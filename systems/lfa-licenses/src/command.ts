import { accountCache, connectPostgres, loadConfig, systemClock, type Clock } from 'service-kit'
import { commandEnvironment, toDomainConfig } from './config.ts'
import type { Log, Service } from './service.ts'
import type { Tables } from './store/table.ts'

/** A command prints its result; only what failed is worth a line. */
const log: Log = {
  info: () => undefined,
  error: (details: unknown, message?: string) => console.error(message, details),
}

/** Runs a command on the database of the environment, and closes the connections after it. */
export async function withService<Result>(
  applicationName: string,
  work: (service: Service) => Promise<Result>,
  clock: Clock = systemClock,
): Promise<Result> {
  const env = loadConfig(commandEnvironment)
  const postgres = connectPostgres<Tables>({
    url: env.DATABASE_URL,
    applicationName,
    poolMax: 4,
    statementTimeoutMs: 60_000,
    onIdleError: (error) => process.emitWarning(error),
  })
  const { pool, db } = postgres
  const accounts = accountCache(() => Promise.resolve(undefined), 0)
  try {
    return await work({ pool, db, clock, domain: toDomainConfig(env), accounts, log })
  } finally {
    await postgres.close()
  }
}
