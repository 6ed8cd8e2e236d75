import { join } from 'node:path'
import { startPostgres, type OwnPostgresServer } from './postgres/server.ts'
import type { Servers } from './servers.ts'
import type { SystemDefinition } from './system-definition.ts'
import { makeTemplate } from './system-template.ts'

/** A PostgreSQL for one instance only, and the run's servers with it in the place of the common one. */
export interface OwnPostgres {
  readonly postgres: OwnPostgresServer
  readonly servers: Servers
}

/**
 * Starts a PostgreSQL that can be killed without disturbing anybody else, with the settings of
 * production: recovery is only worth measuring where a commit is on disk before it is answered.
 *
 * @throws ETALON_POSTGRES_*, ETALON_MIGRATION_FAILED
 */
export async function startOwnPostgres(facts: {
  readonly definition: SystemDefinition
  readonly servers: Servers
  readonly logs: string
  /** Of the instance, for its log. */
  readonly name: string
}): Promise<OwnPostgres> {
  const { definition, servers, logs, name } = facts
  const postgres = await startPostgres({
    lease: { runId: servers.runId, directory: servers.directory },
    logFile: join(logs, `${name}-postgres.log`),
    durability: 'honest',
  })
  const adminUrl = postgres.adminUrl('postgres')
  const bare: Servers = { ...servers, postgres: { adminUrl, systems: {} } }
  const databases = await makeTemplate(bare, definition)
  const systems = { [definition.name]: databases }
  return { postgres, servers: { ...servers, postgres: { adminUrl, systems } } }
}
