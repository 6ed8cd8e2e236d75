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
import { freePort, requireFreePort } from '../environment/port.ts'
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
    .action(async (names: string[], flags: { readonly port?: string }) => {
      const systems = await loadSystems(process.cwd(), names)
      await bringUp(systems, firstPort(flags.port))
    })
}

function firstPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  const problem = `--port: expected a number from 1 to 65535, found ${text}`
  throw new EtalonError('ETALON_CLI_USAGE', { problem, command: 'up' })
}

async function bringUp(
  systems: readonly ConfiguredSystem[],
  firstPort: number | undefined,
): Promise<void> {
  let nextPort = firstPort
  const choosePort = (): Promise<number> => {
    if (nextPort === undefined) return freePort()
    nextPort += 1
    return requireFreePort(nextPort - 1)
  }
  const logs = join(process.cwd(), '.etalon', 'up')
  mkdirSync(logs, { recursive: true })
  const interrupt = listenForInterrupt(() => console.log('\nstopping'))
  let environment: StartedEnvironment | undefined
  const instances: Instance[] = []
  try {
    environment = await startEnvironment({
      systems: systems.map(({ definition }) => definition),
      logs,
      poolSize: 0,
      onProgress: (step) => console.log(pc.dim(step)),
    })
    for (const system of systems) {
      if (interrupt.signal.aborted) break
      const instance = await startInstance({
        definition: system.definition,
        servers: environment.servers,
        logs,
        name: system.config.name,
        choosePort,
      })
      instances.push(instance)
      console.log(await describeInstance(system, instance, environment.servers.runId))
    }
    if (!interrupt.signal.aborted) {
      console.log(pc.dim(`\nlogs in ${logs}; Ctrl-C stops everything and removes its data`))
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

async function describeInstance(
  { config, definition }: ConfiguredSystem,
  instance: Instance,
  runId: string,
): Promise<string> {
  const addresses = [...instance.processes.values()].map(({ name, url }) => `  ${name}  ${url}`)
  const lines = [`\n${pc.bold(config.title)}`, ...addresses]
  if (config.demo) {
    const [program, ...args] = config.demo.command
    const { stdout } = await run(program, args, {
      cwd: definition.directory,
      env: { ...plainEnvironment(runId), ...config.demo.env?.(instance.services) },
    })
    lines.push(
      ...stdout
        .trimEnd()
        .split('\n')
        .map((line) => `  ${line}`),
    )
  }
  return lines.join('\n')
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
