import { execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { buildSystem } from './build.ts'
import { givenServer } from './given-server.ts'
import { openDatabasePool, type DatabasePool } from './postgres/database-pool.ts'
import { startPostgres, usePostgres, type PostgresServer } from './postgres/server.ts'
import type { Durability } from './postgres/settings.ts'
import { startReaper, type Reaper } from './reaper.ts'
import { findRedisBinary } from './redis/binaries.ts'
import { useRedis } from './redis/server.ts'
import { createUsers, redisUsersOf } from './redis/users.ts'
import type { Servers, SystemDatabases } from './servers.ts'
import type { SystemDefinition } from './system-definition.ts'
import { makeTemplate } from './system-template.ts'

/** What a run needs of the machine. */
export interface EnvironmentOptions {
  readonly systems: readonly SystemDefinition[]
  /** Folder for the servers' logs. */
  readonly logs: string
  readonly durability?: Durability
  /** Clones kept ready for each system; 0 makes each when it is asked for. */
  readonly poolSize?: number
  /** Called as each part gets ready, for progress. */
  readonly onProgress?: (step: string) => void
}

/** Servers that run, templates that are migrated, clones that are ready. */
export interface StartedEnvironment {
  readonly servers: Servers
  readonly versions: readonly ServiceVersion[]
  /** A fresh, migrated database nobody else gets; `undefined` for a system without PostgreSQL. */
  takeDatabase(system: string): Promise<string | undefined>
  /** Stops everything. Gives what could not be removed. */
  stop(): Promise<string[]>
}

export interface ServiceVersion {
  readonly name: string
  readonly version: string
  readonly origin: string
}

const run = promisify(execFile)

/**
 * Starts what the systems need: a reaper first, then their builds, PostgreSQL and Redis, then one
 * migrated template a system and a pool of clones of it. If any of it fails, the rest is removed
 * again.
 *
 * @throws ETALON_SERVER_URL_INVALID, ETALON_BUILD_FAILED, ETALON_POSTGRES_*, ETALON_REDIS_*,
 *   ETALON_MIGRATION_FAILED
 */
export async function startEnvironment(options: EnvironmentOptions): Promise<StartedEnvironment> {
  const progress = options.onProgress ?? (() => {})
  const given = givenServers(options)
  const reaper = await startReaper()
  const pools = new Map<string, DatabasePool>()
  const stop = async (): Promise<string[]> => {
    await Promise.allSettled([...pools.values()].map((pool) => pool.close()))
    return reaper.release()
  }
  try {
    for (const system of options.systems.filter(({ build }) => build)) {
      progress(`building ${system.name}`)
      await buildSystem(system, reaper.lease.runId)
    }
    const postgres = await providePostgres(options, reaper, given.postgres)
    if (postgres) progress(`PostgreSQL ${postgres.version}`)
    const redis = await provideRedis(options, given.redis)
    if (redis) progress(`Redis ${redis.version}`)
    const bare: Servers = {
      runId: reaper.lease.runId,
      directory: reaper.lease.directory,
      secretKey: randomBytes(32).toString('base64url'),
      ...(given.redis === undefined ? {} : { redisUrl: given.redis }),
    }
    if (bare.redisUrl !== undefined) await provideUsers(bare, options, reaper)
    const servers = postgres ? await withTemplates(bare, postgres, options) : bare
    for (const [system, { template }] of Object.entries(servers.postgres?.systems ?? {})) {
      const pool = await openDatabasePool({
        adminUrl: (postgres as PostgresServer).adminUrl,
        runId: servers.runId,
        label: system,
        template,
        size: options.poolSize ?? 2,
      })
      pools.set(system, pool)
    }
    const versions = [postgres && { ...postgres, name: 'PostgreSQL' }, redis]
    return {
      servers,
      versions: versions
        .filter((service) => service !== undefined)
        .map(({ name, version, origin }) => ({ name, version, origin })),
      takeDatabase: async (system) => {
        const fresh = await pools.get(system)?.take()
        await fresh?.end()
        return fresh?.name
      },
      stop,
    }
  } catch (error) {
    await stop()
    throw error
  }
}

interface GivenServers {
  readonly postgres: string | undefined
  readonly redis: string | undefined
}

/** The URLs of servers that stand already, of the kinds that the systems use. */
function givenServers({ systems }: EnvironmentOptions): GivenServers {
  return {
    postgres: systems.some(({ postgres }) => postgres) ? givenServer('DATABASE_URL') : undefined,
    redis: systems.some(({ redis }) => redis) ? givenServer('REDIS_URL') : undefined,
  }
}

async function providePostgres(
  options: EnvironmentOptions,
  reaper: Reaper,
  url: string | undefined,
): Promise<PostgresServer | undefined> {
  if (!options.systems.some((system) => system.postgres)) return undefined
  if (url !== undefined) {
    reaper.watchDatabaseServer(url)
    return usePostgres(url)
  }
  return startPostgres({
    lease: reaper.lease,
    logFile: join(options.logs, 'postgres.log'),
    ...(options.durability ? { durability: options.durability } : {}),
  })
}

/** Every instance starts its own Redis; here only what will run is found, so that it fails early. */
async function provideRedis(
  options: EnvironmentOptions,
  url: string | undefined,
): Promise<ServiceVersion | undefined> {
  if (!options.systems.some((system) => system.redis)) return undefined
  if (url !== undefined) {
    const { version, origin } = await useRedis(url)
    return { name: 'Redis', version, origin }
  }
  const binary = findRedisBinary()
  const { stdout } = await run(binary.program, ['--version'], {
    env: { LD_LIBRARY_PATH: binary.libraryPath },
  })
  const version = /v=(\S+)/.exec(stdout)?.[1] ?? 'unknown'
  return { name: 'Redis', version, origin: binary.origin }
}

/** Instances start their own Redis with its users; a server that all share gets them once a run. */
async function provideUsers(
  servers: Servers,
  options: EnvironmentOptions,
  reaper: Reaper,
): Promise<void> {
  const url = servers.redisUrl ?? ''
  for (const system of options.systems) {
    const users = redisUsersOf(servers, system)
    if (Object.keys(users).length === 0) continue
    reaper.watchRedisServer(url)
    await createUsers(url, users)
  }
}

async function withTemplates(
  servers: Servers,
  postgres: PostgresServer,
  options: EnvironmentOptions,
): Promise<Servers> {
  const adminUrl = postgres.adminUrl('postgres')
  const systems: Record<string, SystemDatabases> = {}
  for (const system of options.systems.filter((candidate) => candidate.postgres)) {
    systems[system.name] = await makeTemplate(
      { ...servers, postgres: { adminUrl, systems } },
      system,
    )
    options.onProgress?.(`template database of ${system.name}`)
  }
  return { ...servers, postgres: { adminUrl, systems } }
}
