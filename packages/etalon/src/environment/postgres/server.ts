import { rmSync } from 'node:fs'
import { Client } from 'pg'
import { until } from '../../kernel/clock.ts'
import { EtalonError, messageOf } from '../../kernel/errors.ts'
import { startChild, type Child } from '../child.ts'
import { runVariable, type Lease } from '../lease.ts'
import { reservePort } from '../port.ts'
import { findPostgresBinaries, serverUser } from './binaries.ts'
import { makeDataDirectory, superuser } from './data-directory.ts'
import { settingsOf, type Durability } from './settings.ts'

/** How to start a server. */
export interface PostgresOptions {
  readonly lease: Lease
  readonly logFile: string
  readonly durability?: Durability
  /** Further settings, `name: value` as in postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>
}

/** A PostgreSQL server that can be used. */
export interface PostgresServer {
  readonly version: string
  readonly origin: string
  readonly durability: Durability | 'unknown'
  readonly host: string
  readonly port: number
  /** Connection URL of the superuser (or of the given role) for a database. */
  readonly adminUrl: (database: string) => string
  readonly urlFor: (database: string, role: string, password: string) => string
  readonly stop: () => Promise<void>
}

/** A server that Etalon started itself, and can therefore also kill and start again. */
export interface OwnPostgresServer extends PostgresServer {
  /** The process that runs now: another one after each `startAgain`. */
  readonly child: Child
  readonly dataDirectory: string
  /** Starts it again on its data and its port, once it has ended; resolves when it has recovered. */
  readonly startAgain: () => Promise<void>
}

const readyTimeoutMs = 30_000

/**
 * Starts a PostgreSQL server of its own: a copy of the cached cluster, a free port, readiness by a
 * completed handshake and query.
 *
 * @throws ETALON_POSTGRES_BINARIES_MISSING, ETALON_POSTGRES_NOT_READY with the end of its log
 */
export async function startPostgres(options: PostgresOptions): Promise<OwnPostgresServer> {
  const binaries = findPostgresBinaries()
  const data = makeDataDirectory(binaries, options.lease.directory)
  const port = await reservePort(options.lease.runId)
  const durability = options.durability ?? 'fast'
  const settings = settingsOf(durability, { ...options.settings, port: String(port) })
  const launch = (): Child =>
    startChild({
      name: 'postgres',
      command: [binaries.postgres, '-D', data.path, ...settings],
      cwd: data.path,
      env: { PATH: process.env['PATH'], LC_ALL: 'C', [runVariable]: options.lease.runId },
      logFile: options.logFile,
      user: serverUser(),
      ownGroup: true,
    })
  let child = launch()
  const urlFor = (database: string, role: string, password: string): string =>
    `postgres://${role}:${password}@127.0.0.1:${port}/${database}`
  const adminUrl = (database: string): string => urlFor(database, superuser, data.password)
  const version = await readiness(child, adminUrl('postgres'))
  return {
    version,
    origin: `started by Etalon (${binaries.version})`,
    durability,
    host: '127.0.0.1',
    port,
    adminUrl,
    urlFor,
    get child() {
      return child
    },
    dataDirectory: data.path,
    startAgain: async () => {
      await child.exited
      child = launch()
      await readiness(child, adminUrl('postgres'))
    },
    stop: async () => {
      await child.stop('SIGQUIT', 5_000)
      rmSync(data.path, { recursive: true, force: true, maxRetries: 5 })
    },
  }
}

/** Waits for a whole handshake and query; gives the server's version. */
async function readiness(child: Child, url: string): Promise<string> {
  let ended = false
  void child.exited.then(() => {
    ended = true
  })
  const version = await until(
    async () => (ended ? 'ended' : await versionOf(url).catch(() => undefined)),
    { timeoutMs: readyTimeoutMs, everyMs: 4 },
  )
  if (version !== undefined && version !== 'ended') return version
  const log = child.logTail(800)
  await child.kill()
  throw new EtalonError('ETALON_POSTGRES_NOT_READY', { timeoutMs: readyTimeoutMs, log })
}

async function versionOf(url: string): Promise<string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  // A refused connection is also emitted; the rejection of connect() is what counts.
  client.on('error', () => {})
  await client.connect()
  try {
    const answer = await client.query<{ server_version: string }>('show server_version')
    return answer.rows[0]?.server_version ?? 'unknown'
  } finally {
    await client.end()
  }
}

/**
 * Uses a server given by URL. Its role must be able to create databases and roles.
 *
 * @throws ETALON_POSTGRES_REFUSED
 */
export async function usePostgres(url: string): Promise<PostgresServer> {
  const address = new URL(url)
  const host = `${address.hostname}:${address.port || '5432'}`
  const refused = (problem: string): EtalonError =>
    new EtalonError('ETALON_POSTGRES_REFUSED', { host, problem })
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const answer = await client.query<{ version: string; number: string; may: boolean }>(
      `select current_setting('server_version') as version,
              current_setting('server_version_num') as number,
              rolsuper or (rolcreatedb and rolcreaterole) as may
         from pg_roles where rolname = current_user`,
    )
    const facts = answer.rows[0]
    if (!facts?.may) throw refused('its role may not create databases and roles')
    if (Number(facts.number) < 180_000) throw refused(`it is version ${facts.version}`)
    return {
      version: facts.version,
      origin: `given by DATABASE_URL (${host})`,
      durability: 'unknown',
      host: address.hostname,
      port: Number(address.port || '5432'),
      adminUrl: (database) => withDatabase(address, database),
      urlFor: (database, role, password) => withRole(address, database, role, password),
      stop: () => Promise.resolve(),
    }
  } catch (error) {
    throw error instanceof EtalonError ? error : refused(messageOf(error))
  } finally {
    await client.end().catch(() => {})
  }
}

function withDatabase(address: URL, database: string): string {
  const url = new URL(address)
  url.pathname = `/${database}`
  return url.href
}

function withRole(address: URL, database: string, role: string, password: string): string {
  const url = new URL(withDatabase(address, database))
  url.username = role
  url.password = password
  return url.href
}
