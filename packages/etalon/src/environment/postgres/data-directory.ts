import { execFileSync } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { EtalonError } from '../../kernel/errors.ts'
import { cacheDirectory, stateDirectory } from '../directory.ts'
import { serverUser, type PostgresBinaries } from './binaries.ts'

/** Name of the superuser of every server that Etalon starts. */
export const superuser = 'etalon'

/** A cluster that no server runs on yet. */
export interface DataDirectory {
  readonly path: string
  /** Of the superuser; drawn on this machine when the cached cluster was made. */
  readonly password: string
}

const initdbOptions = [
  `--username=${superuser}`,
  '--auth-local=reject',
  '--auth-host=scram-sha-256',
  '--encoding=UTF8',
  '--locale-provider=builtin',
  '--locale=C.UTF-8',
  '--no-sync',
  // The password has 256 random bits: iterating its hash would only slow each connection down.
  '--set=scram_iterations=1',
]

/**
 * Makes a data directory by copying an initialised one from the cache, which takes tens of
 * milliseconds where `initdb` takes a second. The first call on a machine fills the cache.
 */
export function makeDataDirectory(binaries: PostgresBinaries, parent: string): DataDirectory {
  const cached = cachedCluster(binaries)
  const path = join(parent, `postgres-${randomBytes(3).toString('hex')}`)
  execFileSync('cp', ['-a', '--reflink=auto', join(cached, 'data'), path])
  return { path, password: readFileSync(join(cached, 'password'), 'utf8') }
}

/** The initialised cluster for these binaries, made if there is none. */
function cachedCluster(binaries: PostgresBinaries): string {
  const key = createHash('sha256')
    .update([binaries.version, serverUser()?.uid ?? 'self', ...initdbOptions].join('\n'))
    .digest('hex')
    .slice(0, 12)
  const cached = join(cacheDirectory(), `postgres-cluster-${key}`)
  if (existsSync(cached)) return cached
  const draft = initialise(binaries)
  try {
    execFileSync('mv', [draft, `${cached}.${process.pid}`])
    renameSync(`${cached}.${process.pid}`, cached)
  } catch (error) {
    if (!existsSync(cached)) throw error
    // Another run was faster; its cluster has its own password, so ours is of no use.
    rmSync(`${cached}.${process.pid}`, { recursive: true, force: true })
  }
  return cached
}

function initialise(binaries: PostgresBinaries): string {
  const user = serverUser()
  const draft = join(stateDirectory(), `initdb-${randomBytes(4).toString('hex')}`)
  mkdirSync(draft, { mode: 0o700 })
  const passwordFile = join(draft, 'password')
  writeFileSync(passwordFile, randomBytes(32).toString('base64url'), { mode: 0o600 })
  if (user) {
    chownSync(draft, user.uid, user.gid)
    chownSync(passwordFile, user.uid, user.gid)
  }
  try {
    execFileSync(
      binaries.initdb,
      ['--pgdata', join(draft, 'data'), `--pwfile=${passwordFile}`, ...initdbOptions],
      { stdio: ['ignore', 'ignore', 'pipe'], env: { PATH: process.env['PATH'] }, ...user },
    )
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    const problem = String((error as { stderr?: Buffer }).stderr ?? error).trim()
    throw new EtalonError(
      'ETALON_POSTGRES_BINARIES_MISSING',
      { platform: `${process.platform}-${process.arch}`, problem: `initdb failed: ${problem}` },
      { cause: error },
    )
  }
  return draft
}
