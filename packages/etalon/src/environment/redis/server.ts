import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createClient } from '@redis/client'
import { until } from '../../kernel/clock.ts'
import { EtalonError } from '../../kernel/errors.ts'
import { startChild, type Child } from '../child.ts'
import { runVariable, type Lease } from '../lease.ts'
import { reservePort } from '../port.ts'
import { findRedisBinary } from './binaries.ts'
import { aclOf, userUrlOf, type RedisUsers } from './users.ts'

export interface RedisOptions {
  readonly lease: Lease
  readonly logFile: string
  /** Made with the server, and there again whenever it is started again. */
  readonly users?: RedisUsers
}

/** A Redis server that can be used. */
export interface RedisServer {
  readonly version: string
  readonly origin: string
  readonly url: string
  readonly users: RedisUsers
  /** The URL for one of its users. @throws RangeError for an unknown one */
  urlOf(user: string): string
  stop(): Promise<void>
}

/** A server that Etalon started itself. */
export interface OwnRedisServer extends RedisServer {
  /** The process that runs now: another one after each `startAgain`. */
  readonly child: Child
  readonly port: number
  /** Starts it again on its port, empty, once it has ended. */
  startAgain(): Promise<void>
}

const readyTimeoutMs = 10_000

/**
 * Starts a private Redis: numbered databases of one server are no isolation, because channels are
 * common to all of them, and a server of one's own starts in about 15 ms.
 *
 * @throws ETALON_REDIS_MISSING, ETALON_REDIS_NOT_READY with the end of its log
 */
export async function startRedis(options: RedisOptions): Promise<OwnRedisServer> {
  const binary = findRedisBinary()
  const port = await reservePort(options.lease.runId)
  const password = randomBytes(24).toString('base64url')
  const directory = join(options.lease.directory, `redis-${port}`)
  mkdirSync(directory, { mode: 0o700 })
  const users = options.users ?? {}
  const configuration = join(directory, 'redis.conf')
  writeFileSync(configuration, configurationOf({ port, password, directory, users }), {
    mode: 0o600,
  })
  const launch = (): Child =>
    startChild({
      name: 'redis',
      command: [binary.program, configuration],
      cwd: directory,
      env: {
        PATH: process.env['PATH'],
        LD_LIBRARY_PATH: binary.libraryPath,
        [runVariable]: options.lease.runId,
      },
      logFile: options.logFile,
    })
  let child = launch()
  const url = `redis://default:${password}@127.0.0.1:${port}`
  const version = await readiness(child, url)
  return {
    version,
    origin: binary.origin,
    url,
    users,
    urlOf: (user) => userUrlOf(url, users, user),
    port,
    get child() {
      return child
    },
    startAgain: async () => {
      await child.exited
      child = launch()
      await readiness(child, url)
    },
    stop: async () => {
      await child.stop('SIGTERM', 3_000)
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

/**
 * Uses a server given by URL.
 *
 * @throws ETALON_REDIS_NOT_READY
 */
export async function useRedis(url: string): Promise<RedisServer> {
  const version = await until(() => versionOf(url).catch(() => undefined), { timeoutMs: 5_000 })
  if (version === undefined) {
    const log = `no answer at ${new URL(url).host}`
    throw new EtalonError('ETALON_REDIS_NOT_READY', { timeoutMs: 5_000, log })
  }
  return givenRedis(url, {}, version)
}

/** A server given by URL, which somebody has found to answer. */
export function givenRedis(url: string, users: RedisUsers, version = 'unknown'): RedisServer {
  const urlOf = (user: string): string => userUrlOf(url, users, user)
  const stop = (): Promise<void> => Promise.resolve()
  return { version, origin: 'given by REDIS_URL', url, users, urlOf, stop }
}

/** In a file only its owner can read, because a command line can be read by everyone. */
function configurationOf(facts: {
  readonly port: number
  readonly password: string
  readonly directory: string
  readonly users: RedisUsers
}): string {
  const users = Object.values(facts.users)
  return [
    `port ${facts.port}`,
    'bind 127.0.0.1',
    `dir ${facts.directory}`,
    `requirepass ${facts.password}`,
    'save ""',
    'appendonly no',
    ...users.map((user) => ['user', user.name, ...aclOf(user)].join(' ')),
    '',
  ].join('\n')
}

async function readiness(child: Child, url: string): Promise<string> {
  const version = await until(
    async () => (child.exit ? 'ended' : await versionOf(url).catch(() => undefined)),
    { timeoutMs: readyTimeoutMs, everyMs: 3 },
  )
  if (version !== undefined && version !== 'ended') return version
  const log = child.logTail(800)
  await child.kill()
  throw new EtalonError('ETALON_REDIS_NOT_READY', { timeoutMs: readyTimeoutMs, log })
}

async function versionOf(url: string): Promise<string> {
  const client = createClient({ url, socket: { reconnectStrategy: false, connectTimeout: 2_000 } })
  // A refused connection is also emitted; the rejection of connect() is what counts.
  client.on('error', () => {})
  await client.connect()
  try {
    const info = await client.info('server')
    return /(?:valkey|redis)_version:(\S+)/.exec(info)?.[1] ?? 'unknown'
  } finally {
    client.destroy()
  }
}
