import { dirname, join } from 'node:path'
import { appendFileSync } from 'node:fs'
import { connect } from 'node:net'
import { fileURLToPath } from 'node:url'
import { request } from 'undici'
import { until } from '../kernel/clock.ts'
import { EtalonError } from '../kernel/errors.ts'
import { eventLoopPrefix, eventLoopVariable } from '../kernel/event-loop-address.ts'
import { describeExit, startChild, type Child } from './child.ts'
import { cacheDirectory } from './directory.ts'
import { runVariable } from './lease.ts'
import { requireFreePort, reservePort } from './port.ts'
import { isRunning } from './process-table.ts'
import type { ProcessDefinition } from './system-definition.ts'

/** A process of a system under verification, ready to be used. */
export interface SystemProcess {
  readonly name: string
  readonly url: string
  readonly port: number
  readonly child: Child
  /** File in which its connections are noted, where it runs on Node.js. */
  readonly connectionsFile: string
}

export interface SystemProcessOptions {
  readonly system: string
  readonly name: string
  readonly definition: ProcessDefinition
  readonly cwd: string
  readonly runId: string
  readonly logFile: string
  /** File to which the connections that it makes are appended. */
  readonly connectionsFile: string
  /** The environment for a port: what the definition says plus what a defect adds. */
  readonly envOf: (port: number) => Readonly<Record<string, string>>
  /** Start on this port again, as after a restart. */
  readonly port?: number
}

const readyTimeoutMsDefault = 30_000
const startsMax = 3
const portPatienceMs = 5_000
const hooks = [
  new URL('event-loop-hook.cjs', import.meta.url),
  new URL('connection-hook.cjs', import.meta.url),
].map((hook) => fileURLToPath(hook))

/**
 * Starts a process of a system and waits until it is ready. If its port was taken between choice
 * and use, it is started again on another. A port that it has to have must be free, or whoever
 * listens there would be taken for it.
 *
 * @throws ETALON_SYSTEM_NOT_READY with how it failed and the end of its log
 * @throws ETALON_PORT_TAKEN
 */
export async function startSystemProcess(options: SystemProcessOptions): Promise<SystemProcess> {
  for (let start = 1; ; start += 1) {
    const port =
      options.port === undefined
        ? await reservePort(options.runId)
        : await requireFreePort(options.port, portPatienceMs)
    const child = launch(options, port)
    const problem = await readiness(options.definition, child, port)
    if (problem === undefined) {
      const { name, connectionsFile } = options
      return { name, url: `http://127.0.0.1:${port}`, port, child, connectionsFile }
    }
    const log = child.logTail(1_200)
    await child.kill()
    if (log.includes('EADDRINUSE') && start < startsMax && options.port === undefined) continue
    throw new EtalonError('ETALON_SYSTEM_NOT_READY', {
      process: options.name,
      system: options.system,
      problem,
      log,
    })
  }
}

/** The part of Etalon's own environment that systems get: enough to find programs, no secrets. */
export function plainEnvironment(runId: string): Record<string, string> {
  const passed = ['HOME', 'USER', 'LANG', 'TMPDIR', 'TERM', 'SHELL']
  const inherited = passed.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return {
    ...Object.fromEntries(inherited),
    // The Node.js that runs Etalon is the one that `node` in a command means.
    PATH: `${dirname(process.execPath)}:${process.env['PATH'] ?? '/usr/bin:/bin'}`,
    // A run starts the same programs a hundred times; compiled once, each starts in half the time.
    NODE_COMPILE_CACHE: join(cacheDirectory(), 'node-compile-cache'),
    [runVariable]: runId,
  }
}

/** What a system or a defect asks of Node.js, after what lets Etalon see into it. */
function nodeOptions({ NODE_OPTIONS: asked = '' }: Readonly<Record<string, string>>): string {
  return [...hooks.map((hook) => `--require=${JSON.stringify(hook)}`), asked].join(' ').trimEnd()
}

function launch(options: SystemProcessOptions, port: number): Child {
  const env = options.envOf(port)
  const names = Object.keys(env).join(' ')
  appendFileSync(options.logFile, `$ ${options.definition.command.join(' ')}   with ${names}\n`)
  return startChild({
    name: options.name,
    command: options.definition.command,
    cwd: options.cwd,
    env: {
      ...plainEnvironment(options.runId),
      ...env,
      [eventLoopVariable]: eventLoopPrefix,
      ETALON_CONNECTIONS: options.connectionsFile,
      NODE_OPTIONS: nodeOptions(env),
    },
    logFile: options.logFile,
  })
}

/** Waits until the process is ready; gives the problem when it does not become so. */
async function readiness(
  definition: ProcessDefinition,
  child: Child,
  port: number,
): Promise<string | undefined> {
  const { ready } = definition
  let last = 'it did not listen'
  const isHealthy = async (onPort: number, path: string): Promise<boolean> => {
    const status = await statusOf(`http://127.0.0.1:${onPort}${path}`)
    if (status !== undefined) last = `${path} answered ${status}`
    return status === 200
  }
  const look = async (): Promise<'ready' | 'ended' | undefined> => {
    if (child.exit) return 'ended'
    const answers = await (ready === 'listening' ? accepts(port) : isHealthy(port, ready))
    return answers && isRunning(child.pid) ? 'ready' : undefined
  }
  const timeoutMs = definition.readyTimeoutMs ?? readyTimeoutMsDefault
  const found = await until(look, { timeoutMs, everyMs: 10 })
  if (found === 'ready') return undefined
  return child.exit
    ? `it ended with ${describeExit(child.exit)}`
    : `${last} within ${timeoutMs / 1_000} s`
}

async function statusOf(url: string): Promise<number | undefined> {
  try {
    const answer = await request(url, { headersTimeout: 5_000, reset: true })
    await answer.body.dump()
    return answer.statusCode
  } catch {
    return undefined
  }
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
