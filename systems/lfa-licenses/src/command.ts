import { accountCache, loadConfig, systemClock, withPool, type Clock } from 'service-kit'
import { commandEnvironment, toDomainConfig } from './config.ts'
import type { Log, Service } from './service.ts'
import { openTables } from './store/table.ts'

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
  const domain = toDomainConfig(env)
  const accounts = accountCache(() => Promise.resolve(undefined), 0)
  return withPool({ url: env.DATABASE_URL, applicationName }, (pool) =>
    work({ pool, reads: pool, db: openTables(pool), clock, domain, accounts, log }),
  )
}
