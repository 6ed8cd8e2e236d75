import { randomBytes } from 'node:crypto'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { nameInRun, withClient } from './postgres/roles.ts'
import { cloneStatement } from './postgres/template.ts'
import { givenRedis, startRedis, type RedisServer } from './redis/server.ts'
import { redisUsersOf } from './redis/users.ts'
import { adminUrlOf, roleUrlOf, secretOf, type Servers } from './servers.ts'
import type { Services, SystemDefinition } from './system-definition.ts'
import { startSystemProcess, type SystemProcess } from './system-process.ts'

/** One running copy of a system with its own database, Redis and processes. */
export interface Instance {
  readonly name: string
  readonly database: string | undefined
  readonly redis: RedisServer | undefined
  /** The processes by name, in the order in which they were started. */
  readonly processes: ReadonlyMap<string, SystemProcess>
  /** Superuser's URL of its database. */
  readonly adminUrl: string
  urlFor(role: string): string
  /** What the system's own commands may put into their environment on this instance. */
  readonly services: Services
  /**
   * Starts a process of the definition again on its port, after it ended or was ended.
   *
   * @param env added to its environment until it ends, as after a change of its configuration
   */
  startAgain(process: string, env?: Readonly<Record<string, string>>): Promise<SystemProcess>
  stop(): Promise<void>
}

/** A service to which a link can lead. */
export type LinkedService = 'postgres' | 'redis'

export interface Address {
  readonly host: string
  readonly port: number
}

export interface InstanceOptions {
  readonly definition: SystemDefinition
  readonly servers: Servers
  readonly logs: string
  /** Name for logs; instances of one run differ in it. */
  readonly name: string
  /** A ready clone of the template; one is made when it is not given. */
  readonly database?: string | undefined
  /** The Redis of an instance that shares it and stops it; a private one is started otherwise. */
  readonly redis?: RedisServer | undefined
  /** Statements run on the fresh database before anything connects to it. */
  readonly statements?: readonly string[]
  /** Added to the environment of every process. */
  readonly env?: Readonly<Record<string, string>>
  /** Gives the address by which the processes reach a service; its own unless given. */
  readonly through?: (service: LinkedService, address: Address) => Promise<Address>
  /** Chooses the port of each process; a free one unless given. */
  readonly choosePort?: () => Promise<number>
}

/**
 * Starts an instance: database, Redis and processes, in the order of the definition. If one of them
 * does not start, those before it are stopped again.
 *
 * @throws ETALON_SYSTEM_NOT_READY, ETALON_REDIS_*
 */
export async function startInstance(options: InstanceOptions): Promise<Instance> {
  const { definition, servers } = options
  const directory = join(servers.directory, `instance-${randomBytes(4).toString('hex')}`)
  mkdirSync(directory, { mode: 0o700 })
  const [database, ownRedis] = await Promise.all([
    prepareDatabase(options),
    options.redis ? undefined : privateRedis(options),
  ])
  const redis = options.redis ?? ownRedis
  const adminUrl = database === undefined ? '' : adminUrlOf(servers, database)
  const reach = await reachOf(options, { postgres: adminUrl, redis: redis?.url ?? '' })
  const processes = new Map<string, SystemProcess>()

  const servicesOn = (port: number): Services =>
    servicesOf({ definition, servers, directory, database, port, processes, redis, reach })
  const start = async (
    name: string,
    samePort?: number,
    changed?: Readonly<Record<string, string>>,
  ): Promise<SystemProcess> => {
    const process = definition.processes[name]
    if (!process) throw new RangeError(`${definition.name} has no process ${name}`)
    const port = samePort ?? (await options.choosePort?.())
    const started = await startSystemProcess({
      system: definition.name,
      name,
      definition: process,
      cwd: definition.directory,
      runId: servers.runId,
      logFile: join(options.logs, `${options.name}-${name}.log`),
      connectionsFile: join(directory, `connections-${name}.jsonl`),
      envOf: (onPort) => ({ ...process.env?.(servicesOn(onPort)), ...options.env, ...changed }),
      ...(port === undefined ? {} : { port }),
    })
    processes.set(name, started)
    return started
  }
  const stop = async (): Promise<void> => {
    await Promise.all([...processes.values()].map(({ child }) => child.stop()))
    if (ownRedis && ownRedis.url !== servers.redisUrl) await ownRedis.stop()
    rmSync(directory, { recursive: true, force: true })
  }
  try {
    for (const name of Object.keys(definition.processes)) await start(name)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    name: options.name,
    database,
    redis,
    processes,
    adminUrl,
    services: servicesOn(0),
    urlFor: (role) => roleUrlOf(servers, definition.name, database ?? '', role),
    startAgain: (name, env) => start(name, processes.get(name)?.port, env),
    stop,
  }
}

/** What a command of a system may use; services it did not declare throw when asked for. */
export function servicesOf(facts: {
  readonly definition: SystemDefinition
  readonly servers: Servers
  readonly directory: string
  readonly database: string | undefined
  readonly port: number
  readonly processes: ReadonlyMap<string, SystemProcess>
  readonly redis: Pick<RedisServer, 'url' | 'urlOf'> | undefined
  /** Puts the address by which processes reach a service into its URL. */
  readonly reach?: (service: LinkedService, url: string) => string
}): Services {
  const { definition, servers, database, processes, reach = (_service, url) => url } = facts
  const missing = (what: string): never => {
    throw new RangeError(`${definition.name} uses ${what} but does not declare it`)
  }
  return {
    postgres: {
      url: (role) => {
        const own = roleUrlOf(servers, definition.name, database ?? missing('postgres'), role)
        return reach('postgres', own)
      },
      get database() {
        return database ?? missing('postgres')
      },
    },
    get redis() {
      const redis = facts.redis ?? missing('redis')
      return {
        url: reach('redis', redis.url),
        urlOf: (user: string) => reach('redis', redis.urlOf(user)),
      }
    },
    port: facts.port,
    urlOf: (name) => processes.get(name)?.url ?? missing(`the process ${name}`),
    secret: (name) => secretOf(servers, definition.name, name),
    directory: facts.directory,
  }
}

/** Asks once for the address of each service, and gives a function that puts it into URLs. */
async function reachOf(
  { through }: InstanceOptions,
  urls: Readonly<Record<LinkedService, string>>,
): Promise<(service: LinkedService, url: string) => string> {
  const addresses = new Map<LinkedService, Address>()
  for (const service of ['postgres', 'redis'] as const) {
    if (!through || urls[service] === '') continue
    const { hostname, port } = new URL(urls[service])
    addresses.set(service, await through(service, { host: hostname, port: Number(port) }))
  }
  return (service, url) => {
    const address = addresses.get(service)
    if (!address) return url
    const reached = new URL(url)
    reached.hostname = address.host
    reached.port = String(address.port)
    return reached.href
  }
}

async function prepareDatabase(options: InstanceOptions): Promise<string | undefined> {
  const { definition, servers } = options
  if (!definition.postgres) return undefined
  const database = options.database ?? (await cloneDatabase(servers, definition.name))
  if (options.statements && options.statements.length > 0) {
    await withClient(adminUrlOf(servers, database), async (client) => {
      for (const statement of options.statements ?? []) await client.query(statement)
    })
  }
  return database
}

/** Clones a system's template outside the pool. */
async function cloneDatabase(servers: Servers, system: string): Promise<string> {
  const databases = servers.postgres?.systems[system]
  if (!servers.postgres || !databases) throw new RangeError(`${system} has no template database`)
  const name = nameInRun(servers.runId, system, randomBytes(4).toString('hex'))
  await withClient(servers.postgres.adminUrl, (client) =>
    client.query(cloneStatement(databases.template, name)),
  )
  return name
}

async function privateRedis(options: InstanceOptions): Promise<RedisServer | undefined> {
  const { definition, servers } = options
  if (!definition.redis) return undefined
  const users = redisUsersOf(servers, definition)
  if (servers.redisUrl !== undefined) return givenRedis(servers.redisUrl, users)
  return startRedis({
    lease: { runId: servers.runId, directory: servers.directory },
    logFile: join(options.logs, `${options.name}-redis.log`),
    users,
  })
}
