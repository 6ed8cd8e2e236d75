import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDirectory } from '../../packages/etalon/src/environment/directory.ts'
import { freePort } from '../../packages/etalon/src/environment/port.ts'
import { until } from '../../packages/etalon/src/kernel/clock.ts'

const version = 'v2.12.0'

/** A Toxiproxy in front of a service, without toxics. */
export interface Toxiproxy {
  readonly version: string
  readonly port: number
  stop(): void
}

/** Builds Toxiproxy into the cache if it is not there, and starts it; nothing where there is no Go. */
export async function startToxiproxy(servicePort: number): Promise<Toxiproxy | undefined> {
  const program = build()
  if (program === undefined) return undefined
  const apiPort = await freePort()
  const child = spawn(program, ['-host', '127.0.0.1', '-port', String(apiPort)], {
    stdio: 'ignore',
    env: { ...process.env, LOG_LEVEL: 'error' },
  })
  const api = `http://127.0.0.1:${apiPort}`
  const isUp = async (): Promise<true | undefined> =>
    (await fetch(`${api}/version`).catch(() => undefined))?.ok ? true : undefined
  if (!(await until(isUp, { timeoutMs: 20_000, everyMs: 20 }))) {
    child.kill('SIGKILL')
    throw new Error('Toxiproxy did not start')
  }
  const port = await freePort()
  const proxy = { name: 'bench', listen: `127.0.0.1:${port}`, upstream: `127.0.0.1:${servicePort}` }
  await fetch(`${api}/proxies`, { method: 'POST', body: JSON.stringify(proxy) })
  return { version, port, stop: () => child.kill('SIGKILL') }
}

function build(): string | undefined {
  const folder = join(cacheDirectory(), `toxiproxy-${version}`)
  const program = join(folder, 'server')
  if (existsSync(program)) return program
  if (spawnSync('go', ['version']).status !== 0) return undefined
  mkdirSync(folder, { recursive: true })
  execFileSync('go', ['install', `github.com/Shopify/toxiproxy/v2/cmd/server@${version}`], {
    env: { ...process.env, GOBIN: folder },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  return program
}
