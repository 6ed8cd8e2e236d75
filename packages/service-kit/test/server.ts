import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import { join } from 'node:path'
import { startEnvironment } from 'etalon/environment'
import { startInstance } from '../../etalon/src/environment/instance.ts'

const name = 'service-kit'

/** A PostgreSQL and a Redis of a test's own. */
export interface TestServers {
  /** An empty database, as its superuser. */
  readonly databaseUrl: string
  readonly redisUrl: string
  stop(): Promise<void>
}

/** Starts both servers. */
export async function startServers(): Promise<TestServers> {
  const logs = mkdtempSync(join(os.tmpdir(), `${name}-`))
  const definition = {
    name,
    title: 'Two servers',
    directory: logs,
    postgres: { roles: {}, template: [] },
    redis: true,
    processes: {},
  }
  const environment = await startEnvironment({ systems: [definition], logs, poolSize: 0 })
  const { servers } = environment
  const instance = await startInstance({ definition, servers, logs, name })
  return {
    databaseUrl: instance.adminUrl,
    redisUrl: instance.redis?.url ?? '',
    async stop() {
      await instance.stop()
      await environment.stop()
      rmSync(logs, { recursive: true })
    },
  }
}
