import { execFileSync, spawnSync } from 'node:child_process'
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { EtalonError, messageOf } from '../../kernel/errors.ts'
import { cacheDirectory } from '../directory.ts'

/** A Redis-compatible server program. */
export interface RedisBinary {
  readonly program: string
  /** Folders in which its shared libraries are, when it was unpacked rather than installed. */
  readonly libraryPath?: string
  readonly origin: string
}

const programs = ['redis-server', 'valkey-server']

/**
 * Finds a server on PATH; else unpacks the distribution's package into the cache, without
 * installing anything and without asking for rights.
 *
 * @throws ETALON_REDIS_MISSING with what was tried
 */
export function findRedisBinary(): RedisBinary {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const program = programs.map((name) => join(folder, name)).find(isExecutable)
    if (program) return { program, origin: 'found on PATH' }
  }
  return unpackedBinary()
}

function unpackedBinary(): RedisBinary {
  const root = join(cacheDirectory(), 'redis-debian')
  if (!existsSync(root)) {
    try {
      unpack(root)
    } catch (error) {
      const problem = `none is on PATH and the distribution's package could not be fetched (${messageOf(error).trim().split('\n')[0]})`
      throw new EtalonError('ETALON_REDIS_MISSING', { problem }, { cause: error })
    }
  }
  const program = programs.map((name) => join(root, 'usr', 'bin', name)).find(isExecutable)
  if (!program) {
    throw new EtalonError('ETALON_REDIS_MISSING', { problem: `${root} holds no server program` })
  }
  const libraries = join(root, 'usr', 'lib')
  const multiarch = readdirSync(libraries).map((name) => join(libraries, name))
  return {
    program,
    libraryPath: [...multiarch, libraries].join(':'),
    origin: "unpacked from the distribution's package",
  }
}

/**
 * Lets apt work out which packages a server needs here beyond what is installed, downloads them and
 * unpacks them. The package lists are read from the machine if it has them, else fetched into a
 * folder of our own.
 */
function unpack(root: string): void {
  const work = mkdtempSync(`${root}-draft-`)
  try {
    const archives = join(work, 'archives')
    mkdirSync(join(archives, 'partial'), { recursive: true })
    const own = ownLists(work)
    if (!download(archives, [])) {
      execFileSync('apt-get', ['update', '-qq', ...own], { stdio: 'pipe', timeout: 120_000 })
      if (!download(archives, own)) throw new Error('apt-get could not download redis-server')
    }
    const tree = join(work, 'tree')
    mkdirSync(tree)
    for (const name of readdirSync(archives).filter((file) => file.endsWith('.deb'))) {
      execFileSync('dpkg-deb', ['--extract', join(archives, name), tree], { stdio: 'pipe' })
    }
    renameSync(tree, root)
  } catch (error) {
    // Another run may have been faster.
    if (!existsSync(root)) throw error
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function download(archives: string, further: readonly string[]): boolean {
  const result = spawnSync(
    'apt-get',
    [
      'install',
      '--download-only',
      '--no-install-recommends',
      '--yes',
      '-qq',
      '-o',
      'Debug::NoLocking=1',
      '-o',
      'APT::Sandbox::User=root',
      '-o',
      `Dir::Cache::archives=${archives}`,
      ...further,
      'redis-server',
    ],
    { stdio: 'pipe', timeout: 120_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } },
  )
  if (result.error) throw result.error
  return result.status === 0
}

function ownLists(work: string): string[] {
  const lists = join(work, 'lists')
  mkdirSync(join(lists, 'partial'), { recursive: true })
  return [
    '-o',
    `Dir::State::lists=${lists}`,
    '-o',
    `Dir::Cache::pkgcache=${join(work, 'pkgcache.bin')}`,
    '-o',
    `Dir::Cache::srcpkgcache=${join(work, 'srcpkgcache.bin')}`,
    '-o',
    'APT::Sandbox::User=root',
  ]
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
