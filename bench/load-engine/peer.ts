// Drivers that are compared with ours where the machine has them; install-peers.ts brings them.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { cacheDirectory } from '../../packages/etalon/src/environment/directory.ts'
import { unpackPackage } from '../../packages/etalon/src/environment/distribution-package.ts'

/** A driver that is not ours. */
export interface Peer {
  readonly name: string
  /** What is installed; of wrk what the distribution has. */
  readonly version?: string
  /** Its program, below the folder it is installed in. */
  readonly program: string
  /** Installs it into a folder of its own, with the toolchain of its language. */
  install(folder: string): void
  /** Its arguments for 50 connections on a URL. */
  args(url: string, seconds: number): readonly string[]
}

/** A peer that can be run. */
export interface FoundPeer {
  readonly title: string
  readonly program: string
  readonly env: NodeJS.ProcessEnv
}

const here = import.meta.dirname
const [k6Version, ohaVersion, locustVersion] = ['1.8.1', '1.16.0', '2.47.0']

export const peers: readonly Peer[] = [
  {
    name: 'wrk',
    program: 'usr/bin/wrk',
    install: (folder) => unpackPackage('wrk', folder),
    args: (url, seconds) => ['-t1', '-c50', `-d${seconds}s`, '--latency', url],
  },
  {
    name: 'k6',
    version: k6Version,
    program: 'k6',
    install: (folder) => {
      run('go', ['install', `go.k6.io/k6@v${k6Version}`], { GOBIN: folder })
    },
    args: (url, seconds) => [
      'run',
      '--quiet',
      '--vus=50',
      `--duration=${seconds}s`,
      `--env=TARGET=${url}`,
      join(here, 'k6.js'),
    ],
  },
  {
    name: 'locust',
    version: locustVersion,
    program: 'bin/locust',
    install: (folder) => {
      run('python3', ['-m', 'venv', folder])
      run(join(folder, 'bin', 'pip'), ['install', '--quiet', `locust==${locustVersion}`])
    },
    args: (url, seconds) => [
      `--locustfile=${join(here, 'locustfile.py')}`,
      '--headless',
      '--users=50',
      '--spawn-rate=50',
      `--run-time=${seconds}s`,
      `--host=${url}`,
    ],
  },
  {
    name: 'oha',
    version: ohaVersion,
    program: 'bin/oha',
    install: (folder) => {
      run('cargo', ['install', 'oha', '--version', ohaVersion, '--locked', '--root', folder])
    },
    args: (url, seconds) => ['--no-tui', '-c', '50', '-z', `${seconds}s`, url],
  },
]

/** The folder that a peer is installed in; another version has another. */
export function folderOf({ name, version }: Peer): string {
  const root = join(cacheDirectory(), 'load-peers')
  mkdirSync(root, { recursive: true })
  return join(root, version === undefined ? name : `${name}-${version}`)
}

/** Finds a peer in its folder, else on PATH. */
export function findPeer(peer: Peer): FoundPeer | undefined {
  const folder = folderOf(peer)
  const own = join(folder, peer.program)
  if (existsSync(own)) {
    const title = peer.version === undefined ? peer.name : `${peer.name} ${peer.version}`
    return { title, program: own, env: { ...process.env, ...libraryPath(folder) } }
  }
  const program = (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((directory) => join(directory, peer.name))
    .find((file) => existsSync(file))
  return program === undefined ? undefined : { title: peer.name, program, env: process.env }
}

/** Where the shared libraries of an unpacked package lie. */
function libraryPath(folder: string): NodeJS.ProcessEnv {
  const libraries = join(folder, 'usr', 'lib')
  if (!existsSync(libraries)) return {}
  return {
    LD_LIBRARY_PATH: readdirSync(libraries)
      .map((name) => join(libraries, name))
      .join(':'),
  }
}

function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  execFileSync(program, args, { stdio: 'inherit', env: { ...process.env, ...env } })
}
