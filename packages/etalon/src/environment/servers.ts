import { createHmac } from 'node:crypto'
import type { DatabaseRoles } from './postgres/roles.ts'
import type { DatabaseTemplate } from './postgres/template.ts'

/**
 * The servers of a run as plain data, so that they can be handed to the processes that use them.
 */
export interface Servers {
  readonly runId: string
  /** Folder of the run's lease. */
  readonly directory: string
  /** From which every secret of the run is derived. */
  readonly secretKey: string
  readonly postgres?: {
    /** Superuser's URL of the database `postgres`. */
    readonly adminUrl: string
    readonly systems: Readonly<Record<string, SystemDatabases>>
  }
  /** Set when REDIS_URL gave a server; else every instance starts one of its own. */
  readonly redisUrl?: string
}

export interface SystemDatabases {
  readonly template: DatabaseTemplate
  readonly roles: DatabaseRoles
}

/** A secret of the run: 256 bits, the same for the same name. */
export function secretOf(servers: Servers, system: string, name: string): string {
  return createHmac('sha256', servers.secretKey).update(`${system}/${name}`).digest('base64url')
}

/** The superuser's URL of a database. */
export function adminUrlOf(servers: Servers, database: string): string {
  return onDatabase(servers, database).href
}

/** The URL of a database for one of the system's roles. @throws RangeError for an unknown role */
export function roleUrlOf(
  servers: Servers,
  system: string,
  database: string,
  role: string,
): string {
  const roles = servers.postgres?.systems[system]?.roles ?? {}
  const found = roles[role]
  if (!found) {
    throw new RangeError(
      `expected one of the database roles ${Object.keys(roles).join(', ')}, found ${role}`,
    )
  }
  const url = onDatabase(servers, database)
  url.username = found.name
  url.password = found.password
  return url.href
}

function onDatabase(servers: Servers, database: string): URL {
  if (!servers.postgres) throw new RangeError('expected a PostgreSQL server, found none')
  const url = new URL(servers.postgres.adminUrl)
  url.pathname = `/${database}`
  return url
}
