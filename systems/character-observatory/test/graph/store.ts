import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startEnvironment } from 'etalon/environment'
import type { Pool } from 'pg'
import { connectPostgres } from 'service-kit'
import { migrateUp } from 'service-kit/migrate'

const name = 'graph-test'

/** A database of the service, migrated and empty. */
export interface Store {
  readonly url: string
  readonly pool: Pool
  stop(): Promise<void>
}

/** Starts a PostgreSQL of its own. */
export async function startStore(): Promise<Store> {
  const logs = mkdtempSync(join(os.tmpdir(), 'observatory-graph-'))
  const server = await startEnvironment({
    systems: [
      {
        name,
        title: 'A database server',
        directory: logs,
        postgres: { roles: {}, template: [] },
        processes: {},
      },
    ],
    logs,
    poolSize: 0,
  })
  const database = await server.takeDatabase(name)
  const url = new URL(`/${database}`, server.servers.postgres?.adminUrl).href
  const directory = fileURLToPath(new URL('../../migrations', import.meta.url))
  const pool = connectPostgres({
    url,
    applicationName: name,
    poolMax: 4,
    statementTimeoutMs: 30_000,
    onIdleError: () => {},
  })
  const stop = async (): Promise<void> => {
    await pool.end()
    await server.stop()
    rmSync(logs, { recursive: true })
  }
  try {
    await migrateUp({ databaseUrl: url, directory })
  } catch (error) {
    await stop()
    throw error
  }
  return { url, pool, stop }
}
