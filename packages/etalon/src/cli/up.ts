import { execFile } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Command } from 'commander'
import pc from 'picocolors'
import { loadSystems } from '../claims/load-systems.ts'
import type { ConfiguredSystem } from '../claims/system-config.ts'
import { startEnvironment, type StartedEnvironment } from '../environment/environment.ts'
import { startInstance, type Instance } from '../environment/instance.ts'
import { requireFreePort } from '../environment/port.ts'
import { plainEnvironment } from '../environment/system-process.ts'
import { EtalonError } from '../kernel/errors.ts'
import { reportFailure } from './failure.ts'
import { listenForInterrupt } from './interrupt.ts'

const run = promisify(execFile)

/** `etalon up [system…]` */
export function upCommand(program: Command): void {
  program
    .command('up')
    .description('start the systems with demo data, print their addresses and sign-ins')
    .argument('[system...]', 'systems to start; all of them unless given')
    .option('--port <port>', 'listen here and on the ports after it, instead of on free ones')
    .option('--json', 'print each system as one line of JSON')
    .action(async (names: string[], flags: { readonly port?: string; readonly json?: true }) => {
      const systems = await loadSystems(process.cwd(), names)
      await bringUp(systems, firstPort(flags.port), flags.json ? toJsonLine : toText)
    })
}

function firstPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  const problem = `--port: expected a number from 1 to 65535, found ${text}`
  throw new EtalonError('ETALON_CLI_USAGE', { problem, command: 'up' })
}

/** A system that runs, for who wants to use it. */
interface RunningSystem {
  readonly system: string
  readonly title: string
  readonly addresses: Readonly<Record<string, string>>
  /** What the demo command printed: a list of sign-ins, or a text. */
  readonly demo: readonly object[] | string
}

async function bringUp(
  systems: readonly ConfiguredSystem[],
  firstPort: number | undefined,
  describe: (running: RunningSystem) => string,
): Promise<void> {
  let nextPort = firstPort ?? 0
  const choosePort = (): Promise<number> => {
    nextPort += 1
    return requireFreePort(nextPort - 1)
  }
  const logs = join(process.cwd(), '.etalon', 'up')
  mkdirSync(logs, { recursive: true })
  const interrupt = listenForInterrupt(() => console.error('\nstopping'))
  let environment: StartedEnvironment | undefined
  const instances: Instance[] = []
  try {
    environment = await startEnvironment({
      systems: systems.map(({ definition }) => definition),
      logs,
      poolSize: 0,
      onProgress: (step) => console.error(pc.dim(step)),
    })
    for (const system of systems) {
      if (interrupt.signal.aborted) break
      const instance = await startInstance({
        definition: system.definition,
        servers: environment.servers,
        logs,
        name: system.config.name,
        ...(firstPort === undefined ? {} : { choosePort }),
      })
      instances.push(instance)
      console.log(describe(await fillDemo(system, instance, environment.servers.runId)))
    }
    if (!interrupt.signal.aborted) {
      console.error(pc.dim(`\nlogs in ${logs}; Ctrl-C stops everything and removes its data`))
      await untilStopped(interrupt.signal)
    }
  } catch (error) {
    process.exitCode = reportFailure(error)
  } finally {
    await Promise.allSettled(instances.map((instance) => instance.stop()))
    await environment?.stop()
    interrupt.dispose()
  }
}

async function fillDemo(
  { config, definition }: ConfiguredSystem,
  instance: Instance,
  runId: string,
): Promise<RunningSystem> {
  const addresses = [...instance.processes.values()].map(({ name, url }) => [name, url] as const)
  const running = {
    system: config.name,
    title: config.title,
    addresses: Object.fromEntries(addresses),
  }
  if (!config.demo) return { ...running, demo: '' }
  const [program, ...args] = config.demo.command
  const { stdout } = await run(program, args, {
    cwd: definition.directory,
    env: { ...plainEnvironment(runId), ...config.demo.env?.(instance.services) },
  })
  return { ...running, demo: listOf(stdout) ?? stdout.trimEnd() }
}

/** The list that a text is in JSON, if it is one. */
function listOf(text: string): readonly object[] | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? (value as readonly object[]) : undefined
  } catch {
    return undefined
  }
}

function toJsonLine(running: RunningSystem): string {
  return JSON.stringify(running)
}

function toText({ title, addresses, demo }: RunningSystem): string {
  const shown = Object.entries(addresses).map(([name, url]) => `${name}  ${url}`)
  const lines = typeof demo === 'string' ? demo.split('\n') : alignedRows(demo)
  return [`\n${pc.bold(title)}`, ...[...shown, '', ...lines].map((line) => `  ${line}`)].join('\n')
}

/** Records as rows of aligned columns; people read the sign-ins of a demo here. */
function alignedRows(records: readonly object[]): string[] {
  const rows = records.map((record) => Object.values(record).map(String))
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, at) => Math.max(cell.length, widest[at] ?? 0)),
    [],
  )
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

/** A timer keeps the process alive; an aborted signal ends it. */
function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const alive = setInterval(() => {}, 3_600_000)
    signal.addEventListener('abort', () => {
      clearInterval(alive)
      resolve()
    })
  })
}
