import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { startInstance, type Instance, type InstanceOptions } from '../environment/instance.ts'
import type { Services } from '../environment/system-definition.ts'
import { plainEnvironment, type SystemProcess } from '../environment/system-process.ts'
import type { BrowserIdentity } from '../instruments/browser/index.ts'
import { createHttp, type HttpClient } from '../instruments/http/index.ts'
import type { Session } from '../instruments/session.ts'
import { createSql, type Sql } from '../instruments/sql/index.ts'
import { EtalonError, messageOf } from '../kernel/errors.ts'
import { earlierRevision } from './earlier-revision.ts'
import { lostProcess } from './lost-process.ts'
import type { InstanceClock, MovableClock } from './movable-clock.ts'
import type { RevisionPlant } from './plant.ts'
import { revisionOptions } from './planting.ts'
import type { ConfiguredSystem, SignedIn } from './system-config.ts'

/** Somebody who is signed in. */
export interface Actor extends HttpClient {
  /** What the configuration's `signIn` told of him. */
  readonly facts: Readonly<Record<string, unknown>>
  /** What his requests carry, for instruments that send their own. */
  readonly headers: Readonly<Record<string, string>>
  /** What makes a browser his. */
  readonly browser: BrowserIdentity | undefined
}

/** The system under verification, as a claim sees it: one instance, its doors and its levers. */
export interface SystemHandle {
  readonly name: string
  /** Base URL of the first process. */
  readonly url: string
  readonly services: Services
  /** A client nobody is signed in with, to the first process. */
  readonly anonymous: HttpClient
  /** Signs somebody in; the same name gives the same person on this instance. */
  actor(name: string): Promise<Actor>
  /** The database as its superuser sees it. */
  readonly sql: Sql
  /** The database as one of the system's own roles sees it. */
  sqlAs(role: string): Sql
  process(name?: string): SystemProcess
  /** Everything a process has logged so far. */
  log(process?: string): string
  /** Ends a process the hard way, as a power cut would. */
  kill(process?: string): Promise<void>
  /**
   * Starts a process again on its port, after it ended.
   *
   * @param env added to its environment until it ends, as after a change of its configuration
   */
  startAgain(process?: string, env?: Readonly<Record<string, string>>): Promise<void>
  /** Runs one of the system's own commands, in its folder. */
  run(command: readonly [string, ...string[]], env?: CommandEnv): Promise<CommandResult>
  /** The clock of its processes. @throws RangeError unless the claim asked for a movable one */
  readonly clock: InstanceClock
  /**
   * Another instance with a database of its own, stopped with the claim.
   *
   * @param env added to the environment of its processes, to try another configuration
   */
  another(env?: Readonly<Record<string, string>>): Promise<SystemHandle>
  /**
   * A further revision of the system beside this one, as in a rollout: processes of their own on the
   * same database and Redis, stopped with the claim. The same actors are signed in on both.
   *
   * @param plant what is different in it; nothing unless given
   * @throws ETALON_DEFECT_ANCHOR_LOST
   */
  revision(plant?: RevisionPlant): Promise<SystemHandle>
  /**
   * The system as an earlier commit has it, on a database of its own and without what a defect
   * plants, stopped with the claim; to measure against.
   *
   * @param revision the latest in which the system was another than it is now, unless given: the
   *   last commit, or the one before the last that changed it
   * @throws ETALON_REVISION_MISSING, ETALON_REVISION_WITHOUT_SYSTEM
   */
  earlier(revision?: string): Promise<SystemHandle>
  close(): Promise<void>
}

export type CommandEnv = (services: Services) => Readonly<Record<string, string>>

export interface CommandResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

export interface SystemHandleOptions {
  readonly system: ConfiguredSystem
  readonly instance: Instance
  readonly session: Session
  /** How further instances are started. */
  readonly instanceOptions: InstanceOptions
  readonly clock: MovableClock | undefined
  /** People already signed in on this instance by earlier claims. */
  readonly actors: Map<string, Promise<SignedIn>>
}

/** Opens an instance for one claim: what it does from now on is evidence of that claim. */
export function createSystemHandle(options: SystemHandleOptions): SystemHandle {
  const { instance, session } = options
  const { config } = options.system
  const first = Object.keys(config.processes)[0] as string
  const process = (name = first): SystemProcess => {
    const found = instance.processes.get(name)
    if (!found) throw new RangeError(`${config.name} has no process ${name}`)
    return found
  }
  const anonymous = createHttp({ baseUrl: process().url, session })
  const pools = new Map<string, Sql>()
  const further: { handle: SystemHandle; instance: Instance }[] = []
  const sqlAs = (role: string, url: string): Sql => {
    const open = pools.get(role) ?? createSql({ url, session, role })
    pools.set(role, open)
    return open
  }
  const start: StartFurther = async (from, actors, system = options.system) => {
    const instanceOptions = { ...from, name: `${instance.name}-${further.length + 2}` }
    const started = await startInstance(instanceOptions)
    const of = { system, instance: started, instanceOptions, actors }
    const handle = createSystemHandle({ ...options, ...of })
    further.push({ handle, instance: started })
    return handle
  }
  return {
    name: config.name,
    url: process().url,
    services: instance.services,
    anonymous,
    actor: (name) => signIn(options, anonymous, name),
    get sql() {
      return sqlAs('inspector', instance.adminUrl)
    },
    sqlAs: (role) => sqlAs(role, instance.urlFor(role)),
    process,
    log: (name = first) =>
      readFileSync(`${options.instanceOptions.logs}/${instance.name}-${name}.log`, 'utf8'),
    kill: async (name) => {
      await process(name).child.kill()
    },
    startAgain: async (name = first, env = {}) => {
      await instance.startAgain(name, env)
    },
    get clock() {
      if (!options.clock) throw new RangeError("expected the claim's option clock: 'movable'")
      return options.clock.of(instance)
    },
    run: (command, env) => runCommand(options, command, env),
    ...furtherInstances(options, start),
    close: async () => {
      for (const extra of further) {
        const lost = await lostProcess(extra.instance)
        if (lost) session.evidence.record('process-lost', lost)
      }
      await Promise.all([...pools.values()].map((pool) => pool.close()))
      await anonymous.close()
      for (const extra of further) {
        await extra.handle.close()
        await extra.instance.stop()
      }
    },
  }
}

type StartFurther = (
  from: Omit<InstanceOptions, 'name'>,
  actors: SystemHandleOptions['actors'],
  system?: ConfiguredSystem,
) => Promise<SystemHandle>

/** The ways to an instance beside this one. */
function furtherInstances(
  options: SystemHandleOptions,
  start: StartFurther,
): Pick<SystemHandle, 'another' | 'revision' | 'earlier'> {
  const { instance, session } = options
  return {
    another: (env) => {
      const { database: _taken, through: _through, ...fresh } = options.instanceOptions
      return start({ ...fresh, env: { ...fresh.env, ...env } }, new Map())
    },
    revision: (plant) => {
      const { through: _through, ...same } = options.instanceOptions
      const { database, redis } = instance
      const shared = { ...same, database, redis, ...revisionOptions(same, plant) }
      return start(shared, options.actors)
    },
    earlier: async (revision) => {
      const found = await earlierRevision(options.system, options.instanceOptions, revision)
      session.evidence.record('earlier-revision', { commit: found.commit })
      return start(found.instanceOptions, new Map(), found.system)
    },
  }
}

async function signIn(
  options: SystemHandleOptions,
  anonymous: HttpClient,
  name: string,
): Promise<Actor> {
  const { actors, session, instance } = options
  const { config } = options.system
  const unknown = (problem: string, cause?: unknown): EtalonError =>
    new EtalonError('ETALON_ACTOR_UNKNOWN', { name, problem }, { cause })
  const { signIn: enter } = config
  if (!enter) throw unknown(`${config.name} has no signIn`)
  const entering = async (): Promise<SignedIn> => {
    const sql = createSql({ url: instance.adminUrl, session, connections: 1 })
    try {
      const random = session.random.fork(`actor/${name}`)
      const tools = { http: anonymous, sql, random, services: instance.services }
      return await enter(name, tools)
    } catch (error) {
      throw unknown(messageOf(error), error)
    } finally {
      await sql.close()
    }
  }
  const signedIn = actors.get(name) ?? entering()
  actors.set(name, signedIn)
  const { headers, facts = {}, browser } = await signedIn
  return { ...anonymous.as(name, headers), facts, headers, browser }
}

function runCommand(
  options: SystemHandleOptions,
  command: readonly [string, ...string[]],
  env: CommandEnv = () => ({}),
): Promise<CommandResult> {
  const { instance, instanceOptions, session } = options
  const [program, ...args] = command
  const environment = {
    ...plainEnvironment(instanceOptions.servers.runId),
    ...env(instance.services),
    ...instanceOptions.env,
  }
  const cwd = instanceOptions.definition.directory
  return new Promise((resolve) => {
    const limits = { cwd, env: environment, signal: session.signal, maxBuffer: 16 * 1_024 * 1_024 }
    execFile(program, args, limits, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === 'number' ? error.code : 127) : 0
      session.evidence.record('command', { command, code, stdout, stderr })
      resolve({ code, stdout, stderr })
    })
  })
}
