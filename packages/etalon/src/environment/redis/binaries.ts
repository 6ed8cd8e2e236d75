import { accessSync, constants, existsSync, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { EtalonError, messageOf } from '../../kernel/errors.ts'
import { cacheDirectory } from '../directory.ts'
import { unpackPackage } from '../distribution-package.ts'

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
      unpackPackage('redis-server', root)
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

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
